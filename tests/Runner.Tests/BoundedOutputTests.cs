using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Muster.Runner.Processes;

namespace Muster.Runner.Tests;

public sealed class BoundedOutputTests
{
    [Fact]
    public void What_fits_is_kept_whole()
    {
        var output = new BoundedOutput(10);
        output.Write("12345"u8);
        output.Write("67890"u8);

        Assert.Equal("1234567890", output.ToText());
        Assert.False(output.Cut);
    }

    [Fact]
    public void Of_more_the_beginning_and_the_end_are_kept_and_the_gap_is_named()
    {
        var output = new BoundedOutput(10);
        output.Write("abcdefghijklmnopqrstuvwxyz"u8);

        Assert.Equal("abcde\n[16 bytes left out]\nvwxyz", output.ToText());
        Assert.Equal(26, output.Total);
    }

    [Fact]
    public void However_it_is_written_the_same_is_kept() => Check.QuickThrowOnFailure(
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), ArbMap.Default.ArbFor<PositiveInt>(), (pieces, limit) =>
        {
            var output = new BoundedOutput(limit.Get);
            foreach (var piece in pieces)
                output.Write(piece);
            byte[] all = [.. pieces.SelectMany(p => p)];
            var (tail, head) = (limit.Get / 2, limit.Get - (limit.Get / 2));
            byte[] kept = all.Length <= limit.Get ? all : [.. all[..head], .. all[^tail..]];
            return output.ToBytes().SequenceEqual(kept) && output.Total == all.Length;
        }));

    [Fact]
    public void The_last_lines_are_found_in_the_end()
    {
        var output = new BoundedOutput(1000);
        output.Write(Encoding.UTF8.GetBytes("one\n\ntwo\n  three  \n"));

        Assert.Equal(["two", "three"], output.LastLines(2));
    }
}
