using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People.Granting;

/// <summary>What came of a code.</summary>
/// <param name="Joined">Whoever gave it, who is one person with whoever said it from now on; null when nothing came of it.</param>
public sealed record Linked(string Says, PersonId? Joined = null);

/// <summary>
/// Joins the ids that one human being has in several chats: a code that one of them was given is said by the other. Once joined they are one person
/// for approvals until an Admin who is neither parts them; parting oneself only ends that their roles count for each other.
/// </summary>
public sealed class LinkDesk(RosterBook book, TimeProvider machine)
{
    public const int Length = 8;

    /// <summary>Wrong tries of one person within an hour.</summary>
    public const int MostWrong = 5;

    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    /// <summary>Without what looks alike.</summary>
    private const string Signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static readonly TimeSpan WrongCounts = TimeSpan.FromHours(1);

    /// <summary>A new code; one that was given before no longer counts.</summary>
    public async Task<string> OfferAsync(Person by, CancellationToken cancellationToken)
    {
        if (by.Outside is { } outside)
            return outside;

        var code = RandomNumberGenerator.GetString(Signs, Length);
        return await book.ChangeAsync(
            said =>
            {
                var now = machine.GetUtcNow();
                var salt = RandomNumberGenerator.GetHexString(32, lowercase: true);
                var open = said.Codes.RemoveAll(known => known.Person == by.Id || known.Until <= now).Add(new LinkingCode(by.Id, salt, HashOf(code, salt), now + Holds));
                return new RosterChange(
                    $"In your other chat, say to me alone: \"people link {code}\". It counts once, within {Holds.TotalMinutes:0} minutes. Give it to nobody: whoever says it has your roles.",
                    said with { Codes = open }, Entry(by.Id, $"{by.Id.Value} asked for a linking code", by.Id));
            },
            cancellationToken);
    }

    public async Task<Linked> JoinAsync(Person by, string typed, CancellationToken cancellationToken)
    {
        if (by.Outside is { } outside)
            return new Linked(outside);

        PersonId? joined = null;
        var says = await book.ChangeAsync(
            said =>
            {
                var now = machine.GetUtcNow();
                var wrong = said.WrongTries.RemoveAll(one => one.At <= now - WrongCounts);
                var own = wrong.Where(one => by.Is(one.Person)).ToList();
                if (own.Count >= MostWrong)
                    return new RosterChange($"That were {MostWrong} wrong codes within an hour. {Again(own.Min(one => one.At) + WrongCounts - now)} Nothing was changed.");

                if (Matching(said, typed.Trim().ToUpperInvariant(), now) is not { } code)
                {
                    return new RosterChange(
                        $"That is no linking code, or its {Holds.TotalMinutes:0} minutes are over. Say \"people link\" in your other chat for a new one. Nothing was changed.",
                        said with { WrongTries = wrong.Add(new WrongTry(by.Id, now)) });
                }

                if (code.Person == by.Id)
                    return new RosterChange("That is the code that you were given here: say it in your other chat. Nothing was changed.");

                joined = code.Person;
                return new RosterChange(
                    $"You are {by.Id.Value} and {code.Person.Value} from now on: one person, with the roles of both, who approves nothing that either of them asked for. \"people unlink\" ends that the roles count for each other.",
                    Joined(said, by.Id, code, now) with { WrongTries = wrong }, Entry(by.Id, $"{by.Id.Value} and {code.Person.Value} are one person, by a linking code", by.Id, code.Person));
            },
            cancellationToken);
        return new Linked(says, joined);
    }

    /// <summary>The roles of somebody's ids no longer count for each other.</summary>
    public Task<string> UnlinkAsync(Person by, CancellationToken cancellationToken) => book.ChangeAsync(
        said => said.Joints.Any(joint => !joint.Parted && joint.People.Contains(by.Id))
            ? new RosterChange(
                "Your roles of other chats no longer count here. For approvals you stay one person; an Admin can end that: \"people unlink\" and your id.",
                said with { Joints = [.. said.Joints.Select(joint => joint.People.Contains(by.Id) ? joint with { Parted = true } : joint)] },
                Entry(by.Id, $"{by.Id.Value} no longer has the roles of other chats", by.Id))
            : new RosterChange(NotJoined(by.Id)),
        cancellationToken);

    /// <summary>Somebody who was joined by mistake is a person of their own again.</summary>
    public async Task<string> PartAsync(Person by, PersonId whom, CancellationToken cancellationToken)
    {
        if (!by.May(Permission.SetUp))
            return RoleTable.Refusal(Permission.SetUp, "part others", by);

        return by.Is(whom)
            ? "Nobody parts themselves for approvals: let another Admin do it. \"people unlink\" alone ends that your roles count for each other. Nothing was changed."
            : await book.ChangeAsync(
                said => said.Joints.Any(joint => joint.People.Contains(whom))
                    ? new RosterChange(
                        $"{whom.Value} is a person of their own again.",
                        said with { Joints = [.. said.Joints.Select(joint => joint with { People = joint.People.Remove(whom) }).Where(joint => joint.People.Length > 1)] },
                        Entry(by.Id, $"parted {whom.Value} from whom they were joined with", whom))
                    : new RosterChange(NotJoined(whom)),
                cancellationToken);
    }

    private static string NotJoined(PersonId person) =>
        $"{person.Value} was joined with nobody by a code. Those whom their chats know by the same address are one person for as long as they have it. Nothing was changed.";

    /// <summary>Every code that is open is compared, each as long as any other.</summary>
    private static LinkingCode? Matching(Roster said, string typed, DateTimeOffset now)
    {
        LinkingCode? found = null;
        foreach (var code in said.Codes.Where(code => code.Until > now))
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(typed, code.Salt)), Encoding.ASCII.GetBytes(code.Hash)))
                found = code;
        }

        return found;
    }

    private static Roster Joined(Roster said, PersonId person, LinkingCode code, DateTimeOffset now)
    {
        var touched = said.Joints.Where(joint => joint.People.Contains(person) || joint.People.Contains(code.Person)).ToList();
        ImmutableArray<PersonId> all = [.. touched.Where(joint => !joint.Parted).SelectMany(joint => joint.People).Append(code.Person).Append(person).Distinct()];
        return said with
        {
            Joints = [.. said.Joints.Where(joint => joint.Parted || !touched.Contains(joint)), new Joint(all, now)],
            Codes = said.Codes.Remove(code),
        };
    }

    private static string HashOf(string code, string salt) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(code)));

    private static string Again(TimeSpan left) => string.Create(CultureInfo.InvariantCulture, $"Try again in {Math.Ceiling(left.TotalMinutes):0} min.");

    private static AuditEntry Entry(PersonId by, string says, params PersonId[] people) => new(
        WorkspaceId.Local, null, null, by, "link", says, new JsonObject { ["people"] = new JsonArray([.. people.Select(person => (JsonNode)person.Value)]) });
}
