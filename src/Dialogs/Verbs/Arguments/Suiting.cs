namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>What a verb can be done to at the moment: only that is offered where nothing was named.</summary>
/// <param name="Are">Completes "No campaign …": "is paused or stopped".</param>
public sealed record Suiting(string Are, Func<object, CancellationToken, Task<bool>> SuitsAsync)
{
    /// <summary>Everything suits.</summary>
    public static readonly Suiting Any = new("is there", (_, _) => Task.FromResult(true));

    public static Suiting Of<T>(string are, Func<T, bool> suits) where T : class => new(are, (one, _) => Task.FromResult(one is T known && suits(known)));

    public static Suiting Of<T>(string are, Func<T, CancellationToken, Task<bool>> suits) where T : class => new(are, (one, cancellationToken) => one is T known ? suits(known, cancellationToken) : Task.FromResult(false));

    /// <summary>Where only one suits and nothing was named, that one is meant: nothing is asked that has one answer.</summary>
    public bool TakesTheOnlyOne { get; init; }

    public string None(string what) => $"No {what} {Are} at the moment.";

    internal async Task<IReadOnlyList<T>> AmongAsync<T>(IReadOnlyList<T> all, CancellationToken cancellationToken) where T : class
    {
        var suited = new List<T>();
        foreach (var one in all)
        {
            if (await SuitsAsync(one, cancellationToken))
                suited.Add(one);
        }

        return suited;
    }
}
