using System.Buffers;
using System.Text;

namespace Muster.Runner.Processes;

/// <summary>
/// What a stream said, its beginning and its end, within a limit. Writing never blocks and never fails: a writer that
/// waits for its reader would stall the program that it reads.
/// </summary>
public sealed class BoundedOutput(long limit)
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly long _headLimit = limit - (limit / 2);
    private readonly Ring _tail = new((int)Math.Min(limit / 2, int.MaxValue / 2));
    private long _total;

    /// <summary>All that was written, kept or not.</summary>
    public long Total => Interlocked.Read(ref _total);

    public bool Cut => Total > limit;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            Interlocked.Add(ref _total, bytes.Length);
            var first = (int)Math.Min(_headLimit - _head.WrittenCount, bytes.Length);
            _head.Write(bytes[..first]);
            _tail.Write(bytes[first..]);
        }
    }

    /// <summary>The kept bytes; where some were dropped, nothing marks the place.</summary>
    public byte[] ToBytes()
    {
        lock (_lock)
            return [.. _head.WrittenSpan, .. _tail.ToArray()];
    }

    /// <summary>The kept text, with a line in the place of what was dropped.</summary>
    public string ToText()
    {
        lock (_lock)
        {
            var (head, tail) = (_head.WrittenSpan.ToArray(), _tail.ToArray());
            var dropped = _total - head.Length - tail.Length;
            return dropped == 0
                ? Encoding.UTF8.GetString([.. head, .. tail])
                : $"{Encoding.UTF8.GetString(head)}\n[{dropped} bytes left out]\n{Encoding.UTF8.GetString(tail)}";
        }
    }

    /// <summary>The last lines that are not blank, oldest first.</summary>
    public IReadOnlyList<string> LastLines(int count) =>
        [.. ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(count)];

    /// <summary>The last bytes of an endless stream. It grows as needed, so that a quiet program costs nothing.</summary>
    private sealed class Ring(int capacity)
    {
        private byte[] _bytes = [];
        private int _length;
        private int _start;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > capacity)
                bytes = bytes[^capacity..];
            Reserve(bytes.Length);
            foreach (var part in Parts(bytes.Length))
            {
                bytes[..part.Length].CopyTo(_bytes.AsSpan(part.Offset));
                bytes = bytes[part.Length..];
            }
        }

        public byte[] ToArray()
        {
            var result = new byte[_length];
            var first = Math.Min(_length, _bytes.Length - _start);
            _bytes.AsSpan(_start, first).CopyTo(result);
            _bytes.AsSpan(0, _length - first).CopyTo(result.AsSpan(first));
            return result;
        }

        private void Reserve(int more)
        {
            if (_length + more <= _bytes.Length || _bytes.Length == capacity)
                return;
            var kept = ToArray();
            _bytes = new byte[(int)Math.Min(capacity, Math.Max(4096L, (_length + (long)more) * 2))];
            kept.CopyTo(_bytes, 0);
            _start = 0;
        }

        // Claims the next places, overwriting the oldest: one stretch, or two where the ring closes.
        private List<(int Offset, int Length)> Parts(int count)
        {
            var parts = new List<(int, int)>(2);
            while (count > 0)
            {
                var end = (_start + _length) % _bytes.Length;
                var length = Math.Min(count, _bytes.Length - end);
                parts.Add((end, length));
                var overwritten = Math.Max(0, _length + length - _bytes.Length);
                _start = (_start + overwritten) % _bytes.Length;
                _length += length - overwritten;
                count -= length;
            }

            return parts;
        }
    }
}
