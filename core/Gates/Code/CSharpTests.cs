using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Muster.Core.Gates.Code;

/// <summary>Knows a test of xunit, NUnit or MSTest when it sees one.</summary>
internal static class CSharpTests
{
    private static readonly string[] Marks = ["Fact", "Theory", "Test", "TestCase", "TestCaseSource", "TestMethod", "DataTestMethod"];
    private static readonly string[] Subjects = ["Assert", "Verify", "CollectionAssert", "StringAssert", "ClassicAssert", "Approvals"];
    private static readonly string[] Verbs = ["Should", "Must", "Verify", "Expect", "Throw"];

    public static bool IsTest(MethodDeclarationSyntax method) =>
        Attributes(method).Any(a => Marks.Any(mark => Name(a).EndsWith(mark, StringComparison.Ordinal)) || Name(a) == "Property");

    public static TestCase Read(MethodDeclarationSyntax method, Definition definition) => new(
        definition.Name, definition.Title, definition.Line, IsSkipped(method), Assertions(method), definition.Body);

    private static bool IsSkipped(MethodDeclarationSyntax method) =>
        Attributes(method).Concat(method.Ancestors().OfType<TypeDeclarationSyntax>().SelectMany(t => t.AttributeLists.SelectMany(l => l.Attributes)))
            .Any(a => Name(a) is "Ignore" or "Explicit" || Arguments(a).Any(n => n is "Skip" or "Ignore" or "Explicit"))
        || method.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(i => Called(i) is "Skip" or "Ignore" or "Inconclusive" && Subject(i) == "Assert");

    private static int Assertions(MethodDeclarationSyntax method) => method.DescendantNodes().OfType<InvocationExpressionSyntax>().Count(IsAssertion);

    private static bool IsAssertion(InvocationExpressionSyntax call) =>
        Subjects.Contains(Subject(call)) && Called(call) is not ("Skip" or "Ignore" or "Pass" or "Inconclusive")
        || Verbs.Any(verb => Called(call).StartsWith(verb, StringComparison.Ordinal))
        || Called(call).StartsWith("Assert", StringComparison.Ordinal);

    private static string Called(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    private static string Subject(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Expression: SimpleNameSyntax subject } ? subject.Identifier.ValueText : "";

    private static IEnumerable<AttributeSyntax> Attributes(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(l => l.Attributes);

    private static IEnumerable<string?> Arguments(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Select(a => a.NameEquals?.Name.Identifier.ValueText) ?? [];

    private static string Name(AttributeSyntax attribute)
    {
        var name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : attribute.Name.ToString();
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }
}
