namespace Muster.Runner.Workspaces;

/// <summary>What git answered.</summary>
public sealed record GitEnd(int ExitCode, byte[] Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => System.Text.Encoding.UTF8.GetString(Output).Trim();
}

/// <summary>Git refused. The message is what it said, and fit for a person.</summary>
public class GitException(string message) : Exception(message);

/// <summary>The remote did not answer, or refused to: that says nothing about what it holds.</summary>
public sealed class RemoteException(string message) : GitException(message);
