namespace FakeAgent;

/// <summary>The script asks for something that cannot be done: said in words, exit code 3.</summary>
internal sealed class ScriptException(string message) : Exception(message);
