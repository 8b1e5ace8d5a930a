using System.Text;

namespace Muster.Core.Contracts;

/// <summary>Splits a command line as a shell would, without expanding anything.</summary>
internal static class ShellWords
{
    /// <summary>The simple commands of a line, parted at <c>&amp;&amp;</c>, <c>||</c>, <c>;</c>, <c>|</c> and line ends.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Commands(string line)
    {
        var commands = new List<IReadOnlyList<string>>();
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, begun) = ('\0', false);
        void EndWord()
        {
            if (begun)
                words.Add(word.ToString());
            word.Clear();
            begun = false;
        }
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0')
            {
                if (c == quote)
                    quote = '\0';
                else if (c == '\\' && quote == '"' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`')
                    word.Append(line[++i]);
                else
                    word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                (quote, begun) = (c, true);
            }
            else if (c is ';' or '|' or '&' or '\n')
            {
                EndWord();
                if (words.Count > 0)
                    commands.Add(words);
                words = [];
            }
            else if (char.IsWhiteSpace(c))
            {
                EndWord();
            }
            else
            {
                word.Append(c == '\\' && i + 1 < line.Length ? line[++i] : c);
                begun = true;
            }
        }
        EndWord();
        if (words.Count > 0)
            commands.Add(words);
        return commands;
    }
}
