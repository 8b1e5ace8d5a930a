using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Muster.App.Storage;

/// <summary>
/// One thread writes for everybody: what waits while a commit is on its way to the disk shares the next one. Each step
/// is a savepoint in the batch, so one that fails is undone alone.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int BatchSize = 512;

    private readonly Channel<WriteStep> waiting = Channel.CreateBounded<WriteStep>(
        new BoundedChannelOptions(8 * BatchSize) { SingleReader = true });

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteConnection connection;

    public GroupWriter(SqliteConnection connection)
    {
        this.connection = connection;
        new Thread(Run) { Name = "store writer", IsBackground = true }.Start();
    }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> step, CancellationToken cancellationToken)
    {
        var write = new WriteStep<T>(step, cancellationToken);
        await waiting.Writer.WriteAsync(write, cancellationToken);
        return await write.Done;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await ended.Task;
    }

    private void Run()
    {
        var batch = new List<WriteStep>(BatchSize);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < BatchSize && waiting.Reader.TryRead(out var step))
                batch.Add(step);
            Commit(batch);
            batch.Clear();
        }

        connection.Dispose();
        ended.SetResult();
    }

    private void Commit(List<WriteStep> batch)
    {
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            foreach (var step in batch)
                Take(step);
            connection.Execute("COMMIT");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Nothing of this batch is certain to be on disk, so nobody in it may believe that it is.
            if (InTransaction)
                connection.Execute("ROLLBACK");
            batch.ForEach(step => step.Fail(fault));
            return;
        }

        batch.ForEach(step => step.Committed());
    }

    private void Take(WriteStep step)
    {
        if (step.GivenUp)
            return;

        connection.Execute("SAVEPOINT step");
        try
        {
            step.Run(connection);
        }
        catch (Exception fault) when (InTransaction)
        {
            connection.Execute("ROLLBACK TO step");
            step.Fail(fault);
        }

        connection.Execute("RELEASE step");
    }

    /// <summary>False when SQLite itself gave the whole transaction up, as it does on a full disk: then the batch is lost, not one step.</summary>
    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;
}
