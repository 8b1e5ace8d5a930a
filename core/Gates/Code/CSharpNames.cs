using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Muster.Core.Gates.Code;

/// <summary>How C# names and exposes what it declares.</summary>
internal static class CSharpNames
{
    /// <summary>The name that a node declares for others, parameters of records and fields included; null where it declares none.</summary>
    public static string? Declared(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax raised => raised.Identifier.ValueText,
        EnumMemberDeclarationSyntax member => member.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        TypeParameterSyntax parameter => parameter.Identifier.ValueText,
        UsingDirectiveSyntax { Alias: { } alias } => alias.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>The types and members around a node. Namespaces are left out: a file that moves keeps its types.</summary>
    public static string Scope(SyntaxNode node) => string.Join('.', node.Ancestors().Select(Around).OfType<string>().Reverse());

    /// <summary>The token whose line a person looks for: the name, not the attributes above it.</summary>
    public static SyntaxToken Start(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        LocalFunctionStatementSyntax local => local.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        ConstructorDeclarationSyntax made => made.Identifier,
        EventDeclarationSyntax raised => raised.Identifier,
        IndexerDeclarationSyntax indexer => indexer.ThisKeyword,
        OperatorDeclarationSyntax op => op.OperatorToken,
        _ => node.GetFirstToken(),
    };

    public static bool IsPrivate(MemberDeclarationSyntax member)
    {
        if (member.Parent is InterfaceDeclarationSyntax || Replaces(member))
            return false;
        var exposed = member.Modifiers.Any(m =>
            m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);
        var partial = member.Modifiers.Any(SyntaxKind.PartialKeyword) || Enclosing(member)?.Modifiers.Any(SyntaxKind.PartialKeyword) == true;
        return !exposed && !partial;
    }

    public static bool Replaces(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.OverrideKeyword) || member is MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null }
            or PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: not null };

    private static TypeDeclarationSyntax? Enclosing(SyntaxNode node) => node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault();

    private static string? Around(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        _ => null,
    };
}
