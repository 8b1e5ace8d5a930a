using System.Buffers;

namespace Muster.App.Webhooks;

/// <summary>
/// Reads a request's body up to a cap into a rented buffer that grows with what really arrives, not with what was
/// announced. What is larger than almost every webhook takes a turn first, so that strangers cannot fill the memory.
/// </summary>
internal sealed class BodyReader(int cap, SemaphoreSlim largeTurns) : IDisposable
{
    /// <summary>Up to here a body needs no turn.</summary>
    public const int Usual = 1024 * 1024;

    private const int First = 32 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(First);
    private int length;
    private bool hasTurn;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>False as soon as the body turns out to be larger than the cap.</summary>
    public async Task<bool> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == buffer.Length)
                await GrowAsync(cancellationToken);
            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return true;
            length += read;
            if (length > cap)
                return false;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        if (hasTurn)
            largeTurns.Release();
    }

    private async Task GrowAsync(CancellationToken cancellationToken)
    {
        if (!hasTurn && buffer.Length >= Usual)
        {
            await largeTurns.WaitAsync(cancellationToken);
            hasTurn = true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
