using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Muster.Core.Gates.Code;

/// <summary>Reads C# by its syntax alone: no reference is resolved, so any text can be read, one that does not compile too.</summary>
internal static class CSharpReader
{
    public static CodeFile Read(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        var definitions = new List<Definition>();
        var tests = new List<TestCase>();
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            if (CSharpNames.Declared(node) is { } name)
                declared.Add(name);
            if (Define(node) is { } definition)
            {
                definitions.Add(definition);
                if (definition.Kind == DefinitionKind.Test)
                    tests.Add(CSharpTests.Read((MethodDeclarationSyntax)node, definition));
            }
        }

        return new CodeFile(definitions, tests, declared);
    }

    private static Definition? Define(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => Type(type, type.Identifier, (type as TypeDeclarationSyntax)?.TypeParameterList),
        DelegateDeclarationSyntax type => Type(type, type.Identifier, type.TypeParameterList),
        MethodDeclarationSyntax method => Member(method, method.Identifier.ValueText, method.ParameterList, method.TypeParameterList, Body(method)),
        LocalFunctionStatementSyntax local => Function(
            local, local.Identifier.ValueText, local.ParameterList, local.TypeParameterList, [local.Body, local.ExpressionBody], local: true),
        ConstructorDeclarationSyntax made => Member(made, ".ctor", made.ParameterList, null, [made.Body, made.ExpressionBody, made.Initializer]),
        DestructorDeclarationSyntax ended => Member(ended, ".dtor", null, null, Body(ended)),
        OperatorDeclarationSyntax op => Member(op, $"operator {op.OperatorToken.Text}", op.ParameterList, null, Body(op)),
        ConversionOperatorDeclarationSyntax op => Member(op, $"operator {op.Type}", op.ParameterList, null, Body(op)),
        PropertyDeclarationSyntax property => Member(
            property, property.Identifier.ValueText, null, null, [property.AccessorList, property.ExpressionBody, property.Initializer]),
        IndexerDeclarationSyntax indexer => Member(indexer, "this[]", indexer.ParameterList, null, [indexer.AccessorList, indexer.ExpressionBody]),
        EventDeclarationSyntax raised => Member(raised, raised.Identifier.ValueText, null, null, [raised.AccessorList]),
        _ => null,
    };

    private static Definition Type(MemberDeclarationSyntax type, SyntaxToken name, TypeParameterListSyntax? generic) => new(
        DefinitionKind.Type, name.ValueText, CSharpNames.Scope(type), Arity(generic), Line(name), 0, 0, [],
        Local: type.Modifiers.Any(m => m.IsKind(SyntaxKind.PrivateKeyword) || m.IsKind(SyntaxKind.FileKeyword)));

    private static Definition Member(
        MemberDeclarationSyntax member, string name, BaseParameterListSyntax? parameters, TypeParameterListSyntax? generic, SyntaxNode?[] body)
    {
        var isTest = member is MethodDeclarationSyntax method && CSharpTests.IsTest(method);
        return Function(member, name, parameters, generic, body, CSharpNames.IsPrivate(member)) with
        {
            Kind = isTest ? DefinitionKind.Test : DefinitionKind.Function,
            Replaces = CSharpNames.Replaces(member),
        };
    }

    private static Definition Function(
        SyntaxNode node, string name, BaseParameterListSyntax? parameters, TypeParameterListSyntax? generic, SyntaxNode?[] body, bool local)
    {
        var parts = body.OfType<SyntaxNode>().ToList();
        var tokens = parts.SelectMany(p => p.DescendantTokens()).Where(t => t.Span.Length > 0).ToList();
        var codeLines = tokens.Where(t => t.Text is not ("{" or "}")).Select(t => Line(t)).Distinct().Count();
        var statements = parts.SelectMany(p => p.DescendantNodes()).Count(n => n is StatementSyntax and not BlockSyntax);
        var types = parameters?.Parameters.Select(p => $"{p.Modifiers}{p.Type}".Replace(" ", "", StringComparison.Ordinal)) ?? [];
        return new Definition(
            DefinitionKind.Function, name, CSharpNames.Scope(node), $"{Arity(generic)}({string.Join(',', types)})",
            Line(CSharpNames.Start(node)), codeLines, statements, [.. tokens.Select(t => t.Text)], local);
    }

    private static SyntaxNode?[] Body(BaseMethodDeclarationSyntax method) => [method.Body, method.ExpressionBody];

    private static string Arity(TypeParameterListSyntax? generic) => generic is null ? "" : $"`{generic.Parameters.Count}";

    private static int Line(SyntaxToken token) => token.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
