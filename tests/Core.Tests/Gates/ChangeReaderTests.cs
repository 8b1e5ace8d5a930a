using System.Text;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

public sealed class ChangeReaderTests
{
    private static readonly string Zero = new('0', 40);
    private static readonly string One = new('1', 40);
    private static readonly string Two = new('2', 40);

    [Fact]
    public void Reads_paths_modes_and_states()
    {
        var change = Read(
            Raw($":000000 100644 {Zero} {One} A", "new name.txt") + Raw($":100644 000000 {One} {Zero} D", "gone.txt")
            + Raw($":100644 100755 {One} {Two} M", "ünïcode/run.sh") + Raw($":100644 120000 {One} {Two} T", "link"),
            (One, "one"u8.ToArray()), (Two, "two"u8.ToArray()));

        Assert.Equal(
            ["gone.txt Deleted 100644 0 one ", "link Modified 100644 120000 one two", "new name.txt Added 0 100644  one", "ünïcode/run.sh Modified 100644 100755 one two"],
            change.Files.Select(f => $"{f.Path} {f.Status} {f.OldMode} {f.NewMode} {f.Before} {f.After}"));
    }

    [Fact]
    public void Asks_for_each_blob_once_and_never_for_a_submodules_commit() => Assert.Equal(
        [One, Two],
        ChangeReader.Oids(Bytes(Raw($":100644 100644 {One} {Two} M", "a") + Raw($":100644 100644 {One} {Two} M", "b") + Raw($":000000 160000 {Zero} {new string('9', 40)} A", "sub"))));

    [Fact]
    public void A_nul_byte_early_makes_a_side_binary_as_git_says()
    {
        var raw = Raw($":100644 100644 {One} {Two} M", "a.bin");

        Assert.True(Read(raw, (One, "text"u8.ToArray()), (Two, [1, 0, 2])).Files[0] is { Binary: true, Before: "text", After: null });
        Assert.False(Read(raw, (One, "text"u8.ToArray()), (Two, [.. Enumerable.Repeat((byte)'x', 8000), 0])).Files[0].Binary);
    }

    [Fact]
    public void A_side_over_the_limit_or_not_fetched_has_no_text_and_is_not_binary()
    {
        var change = Read(Raw($":100644 100644 {One} {Two} M", "big.txt"), (Two, Encoding.UTF8.GetBytes(new string('x', ChangeReader.TextLimit + 1))));

        Assert.True(change.Files[0] is { Before: null, After: null, Binary: false });
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() => Assert.Equal(
        "x", Read(Raw($":000000 100644 {Zero} {One} A", "a.cs"), (One, [0xEF, 0xBB, 0xBF, (byte)'x'])).Files[0].After);

    [Theory]
    [InlineData("nonsense\0path\0")]
    [InlineData(":100644 100644 1 2 M\0")]
    [InlineData(":100644 100644 1 2 R100\0a\0")]
    public void What_git_does_not_print_is_refused(string raw) =>
        Assert.Throws<FormatException>(() => ChangeReader.Oids(Bytes(raw)));

    private static Change Read(string raw, params (string Oid, byte[] Bytes)[] blobs)
    {
        var known = blobs.ToDictionary(b => b.Oid, b => b.Bytes);
        return ChangeReader.Read(Given.Base, Given.Base, Given.Head, moved: true, Bytes(raw), oid => known.GetValueOrDefault(oid));
    }

    private static string Raw(string meta, string path) => $"{meta}\0{path}\0";

    private static byte[] Bytes(string raw) => Encoding.UTF8.GetBytes(raw);
}
