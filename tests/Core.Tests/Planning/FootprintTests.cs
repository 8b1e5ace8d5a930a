using Muster.Core.Contracts;
using Muster.Core.Planning;

namespace Muster.Core.Tests.Planning;

public sealed class FootprintTests
{
    private static readonly PathIndex Index = new(new TreeFacts(
        ["src/parser/Lexer.cs", "src/web/Page.cs", "a/index.ts", "b/index.ts", "c/index.ts", "d/index.ts", "e/index.ts", "f/index.ts"],
        new HashSet<string>()));

    [Fact]
    public void Exact_files_meet_and_are_named() =>
        Assert.Equal("both may change `src/parser/Lexer.cs`", Collision(new() { Files = ["x", "src/parser/Lexer.cs"] }, new() { Files = ["src/parser/Lexer.cs"] }));

    [Fact]
    public void A_file_in_the_others_scope_meets_it() =>
        Assert.Equal("`src/parser/Lexer.cs` and `src/**` meet", Collision(new() { Files = ["src/parser/Lexer.cs"] }, new() { Scope = ["src/**"] }));

    [Fact]
    public void Scopes_that_can_meet_do_even_where_no_file_is_there_yet() =>
        Assert.Equal("`docs/*.md` and `**/new.*` meet", Collision(new() { Scope = ["docs/*.md"] }, new() { Scope = ["**/new.*"] }));

    [Fact]
    public void What_is_excluded_does_not_meet()
    {
        var all = new Contract { Scope = ["src/**"], Exclude = ["src/parser/**"] };

        Assert.Null(Collision(all, new() { Scope = ["src/parser/*.cs"] }));
        Assert.Null(Collision(new() { Files = ["src/parser/Lexer.cs"] }, all));
        Assert.NotNull(Collision(all, new() { Scope = ["src/web"] }));
        Assert.NotNull(Collision(all, new() { Scope = ["src/*/*.cs"] }));
    }

    [Fact]
    public void A_name_in_the_text_means_the_file_of_that_name_unless_many_are_called_so()
    {
        Assert.Equal("both may change `src/parser/Lexer.cs`", Collision(new() { Mentioned = ["Lexer.cs"] }, new() { Mentioned = ["parser/Lexer.cs"] }));
        Assert.True(Footprint.Of(new() { Mentioned = ["index.ts"] }, Index).IsUnknown);
        Assert.True(Footprint.Of(new() { Mentioned = ["Nowhere.cs"] }, Index).IsUnknown);
        Assert.False(Footprint.Of(new() { Mentioned = ["src/New.cs"] }, Index).IsUnknown);
    }

    private static string? Collision(Contract a, Contract b) => Footprint.Of(a, Index).Collides(Footprint.Of(b, Index), Index);
}
