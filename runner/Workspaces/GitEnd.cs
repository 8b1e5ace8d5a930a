namespace Muster.Runner.Workspaces;

/// <summary>What git answered.</summary>
public sealed record GitEnd(int ExitCode, byte[] Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => System.Text.Encoding.UTF8.GetString(Output).Trim();
}

/// <summary>Git refused. The message is what it said, and fit for a person.</summary>
public sealed class GitException(string message) : Exception(message);
