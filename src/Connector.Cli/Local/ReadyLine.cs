namespace Connector.Cli.Local;

/// <summary>The one line that <c>run</c> prints on standard output when it accepts calls.</summary>
internal static class ReadyLine
{
    public const string Word = "ready";

    /// <param name="peers">Where peers reach it.</param>
    /// <param name="management">Where its operator reaches it.</param>
    public static string Of(Uri peers, Uri management) =>
        $"{Word} peers={Bare(peers)} management={Bare(management)}";

    private static string Bare(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
}
