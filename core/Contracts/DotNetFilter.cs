namespace Muster.Core.Contracts;

/// <summary>
/// The expression behind <c>dotnet test --filter</c>. Terms are joined by <c>|</c> and <c>&amp;</c>; a term that does not
/// name tests (a category, a negation) is taken to match, so that only what surely matches nothing is reported.
/// </summary>
internal static class DotNetFilter
{
    public static TestFilter? Read(string text)
    {
        if (text.Length is 0 or > 1_000 || text.AsSpan().ContainsAny('(', ')', '\\'))
            return null;
        // `|` binds weaker than `&`: some choice must have all its terms match one and the same test.
        var choices = text.Split('|').Select(choice => choice.Split('&').Select(Term).ToList()).ToList();
        if (choices.Any(choice => choice.All(term => term is null)))
            return null;
        return new TestFilter(
            text,
            qualified => choices.Any(choice => choice.All(term => term is null || term.Selects(qualified))),
            choices[0].OfType<TestFilter>().First().Wanted);
    }

    private static TestFilter? Term(string text)
    {
        var cut = text.AsSpan().IndexOfAny("=~!");
        if (cut < 0)
            return TestFilter.Part(text.Trim());
        var property = text[..cut].Trim();
        var contains = text[cut] == '~';
        var value = text[(cut + 1)..].Trim();
        if (text[cut] == '!' || value.Length == 0)
            return null;
        var name = value.Split('.')[^1];
        return property.ToUpperInvariant() switch
        {
            // A display name is the qualified name unless the test says otherwise, so it is compared as loosely.
            "FULLYQUALIFIEDNAME" or "DISPLAYNAME" when contains => TestFilter.Part(value),
            "FULLYQUALIFIEDNAME" or "DISPLAYNAME" => new TestFilter(value, qualified => Ends(qualified, value), name),
            "NAME" when contains => TestFilter.Part(value),
            "NAME" => new TestFilter(value, qualified => Ends(qualified, value), name),
            _ => null,
        };
    }

    private static bool Ends(string qualified, string value) =>
        qualified.Equals(value, StringComparison.OrdinalIgnoreCase)
        || qualified.EndsWith("." + value, StringComparison.OrdinalIgnoreCase)
        || value.EndsWith("." + qualified, StringComparison.OrdinalIgnoreCase);
}
