using Connector.Management.V1;

namespace Connector.Cli.Remote;

/// <summary>Asks for a list page by page, each from the end of the one before.</summary>
internal static class ListPages
{
    /// <summary>Items of one page. An item may hold a whole policy, so a page is some megabytes at the most.</summary>
    public const int Size = 200;

    private const int Default = 100;

    /// <summary>The pages of a list that ends at the request's limit.</summary>
    /// <param name="id">By which the connector knows where a page ended.</param>
    public static async IAsyncEnumerable<IReadOnlyCollection<T>> Of<TReply, T>(
        ListRequest request, Func<ListRequest, Task<TReply>> ask, Func<TReply, IReadOnlyList<T>> items, Func<T, string> id)
    {
        var (left, before) = (request.Limit == 0 ? Default : Math.Max(request.Limit, 1), request.Before);
        while (left > 0)
        {
            var asked = Math.Min(left, Size);
            var page = items(await ask(new ListRequest { Peer = request.Peer, Limit = asked, Before = before }));
            yield return page;
            if (page.Count < asked)
            {
                yield break;
            }

            (left, before) = (left - page.Count, id(page[^1]));
        }
    }
}
