using System.Data;
using System.Globalization;
using Dapper;
using Muster.Core;

namespace Muster.App.Storage;

/// <summary>How our own types stand in columns, so that queries take and give them as they are.</summary>
internal static class ColumnTypes
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper asks its own table of types before a handler; these two must not be found there.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        Add(at => Instant.ToText(at), value => Instant.Parse((string)value));
        Add(id => id.Value, value => new RepoId((long)value));
        Add(number => number.Value, value => new IssueNumber((int)(long)value));
        Add(number => number.Value, value => new PullNumber((int)(long)value));
        Add(sha => sha.Value, value => new CommitSha((string)value));
        Add(id => id.Value, value => new WaveId((long)value));
        Add(id => id.Value, value => new ItemId((long)value));
        Add(id => id.Value, value => new JobId((long)value));
        Add(epoch => epoch.Value, value => new Epoch((int)(long)value));
        Add(name => name.ToString(), value => RepoName.Parse((string)value)!);
    }

    private static void Add<T>(Func<T, object> write, Func<object, T> read) =>
        SqlMapper.AddTypeHandler(new Handler<T>(write, read));

    private sealed class Handler<T>(Func<T, object> write, Func<object, T> read) : SqlMapper.TypeHandler<T>
    {
        public override void SetValue(IDbDataParameter parameter, T? value) =>
            parameter.Value = value is null ? DBNull.Value : write(value);

        public override T Parse(object value) => read(value);
    }
}

/// <summary>A moment as text of one width in UTC, so that the order of the texts is the order of the moments.</summary>
public static class Instant
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string ToText(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
