using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Muster.Core.Gates.Code;

/// <summary>Every public member name of .NET's own libraries: <c>x.GetProperties(</c> is most likely theirs.</summary>
internal static class PlatformNames
{
    private static readonly Lazy<FrozenSet<string>> Names = new(() => new[]
        {
            typeof(object), typeof(Enumerable), typeof(SortedSet<int>), typeof(Uri), typeof(Regex), typeof(JsonElement), typeof(Lock),
        }
        .Select(type => type.Assembly).Distinct()
        .SelectMany(assembly => assembly.GetExportedTypes()).SelectMany(type => type.GetMembers()).Select(member => member.Name)
        .ToFrozenSet(StringComparer.Ordinal));

    public static bool Contains(string name) => Names.Value.Contains(name);
}
