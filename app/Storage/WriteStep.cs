using Microsoft.Data.Sqlite;

namespace Muster.App.Storage;

/// <summary>A step on its way through the writer, and the caller who waits for it.</summary>
internal abstract class WriteStep
{
    /// <summary>Its caller left before it began.</summary>
    public abstract bool GivenUp { get; }

    public abstract void Run(SqliteConnection connection);

    /// <summary>The commit is on disk. Changes nothing for a step that has failed already.</summary>
    public abstract void Committed();

    public abstract void Fail(Exception fault);
}

internal sealed class WriteStep<T>(Func<SqliteConnection, T> step, CancellationToken cancellationToken) : WriteStep
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override bool GivenUp => cancellationToken.IsCancellationRequested && done.TrySetCanceled(cancellationToken);

    public override void Run(SqliteConnection connection) => result = step(connection);

    public override void Committed() => done.TrySetResult(result!);

    public override void Fail(Exception fault) => done.TrySetException(fault);
}
