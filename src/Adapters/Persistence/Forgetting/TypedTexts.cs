using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Forgetting;

/// <summary>What a person wrote in their own words and other records repeat: reasons of decisions, of pauses, and of values kept against advice.</summary>
internal static class TypedTexts
{
    public static async Task<IReadOnlyCollection<string>> OfAsync(CampaignsDb db, PersonId person, CancellationToken cancellationToken)
    {
        var (typed, said, reasons) = (new HashSet<string>(), new List<string>(), new HashSet<string>());
        await foreach (var body in db.Set<AuditRow>().Where(row => row.Person == person.Value).Select(row => row.Body).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var entry = Database.Read<AuditEntry>(body);
            if (entry.Kind == "said")
                said.Add(entry.Says);

            if (Text(entry.Facts["because"]) is { } because)
                reasons.Add(because);

            if (entry.Kind == "approval" && Text(entry.Facts["why"]) is { } why)
                typed.Add(why);

            Overrides(entry.Facts, person, typed);
        }

        await foreach (var body in db.Set<CampaignRow>().Select(row => row.Body).AsAsyncEnumerable().WithCancellation(cancellationToken))
            Overrides(JsonNode.Parse(body)!.AsObject(), person, typed);

        // A reason that they typed stands behind the words of the command; others are the program's own sentences.
        typed.UnionWith(reasons.Where(reason => said.Exists(line => line.IndexOf(reason, StringComparison.Ordinal) > 0)));
        return typed;
    }

    private static void Overrides(JsonObject record, PersonId person, HashSet<string> typed)
    {
        foreach (var one in (record["Overrides"] ?? record["overrides"]) as JsonArray ?? [])
        {
            if (Text(one?["By"]) == person.Value && Text(one?["Reason"]) is { } reason)
                typed.Add(reason);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text : null;
}
