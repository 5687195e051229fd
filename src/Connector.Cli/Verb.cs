using System.CommandLine;

namespace Connector.Cli;

/// <summary>One verb of the command line, with examples that its help shows.</summary>
/// <param name="name">The word that is typed.</param>
/// <param name="description">One sentence; the first line of the help.</param>
/// <param name="examples">Whole command lines that work when typed.</param>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Adds an argument or option and gives it back, so that a verb's builder can hold it.</summary>
    public T With<T>(T symbol)
        where T : Symbol
    {
        switch (symbol)
        {
            case Argument argument:
                Add(argument);
                break;
            case Option option:
                Add(option);
                break;
            case Command command:
                Add(command);
                break;
        }

        return symbol;
    }
}
