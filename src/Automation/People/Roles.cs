using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.People;

/// <summary>What a person may be in a workspace. A person may have several.</summary>
public enum Role
{
    Viewer,
    Marketer,
    Approver,
    OnCall,
    Admin,
}

/// <summary>What somebody needs to be allowed to do something. Every verb names exactly one.</summary>
public enum Permission
{
    /// <summary>Look at campaigns, the feed, incidents, help.</summary>
    See,

    /// <summary>Start, edit, save and delete one's own drafts.</summary>
    Draft,

    /// <summary>Launch a draft (a second person may still be needed above a limit).</summary>
    Launch,

    /// <summary>Pause, lower a budget or a bid.</summary>
    Reduce,

    /// <summary>Raise a budget, a bid or a cap; resume a campaign that no incident holds.</summary>
    Raise,

    /// <summary>Decide on somebody else's request.</summary>
    Approve,

    /// <summary>Acknowledge, resume and roll back an incident.</summary>
    Respond,

    /// <summary>Stop, freeze and allow everything.</summary>
    StopEverything,

    /// <summary>Change how the demonstration market runs.</summary>
    Simulate,

    /// <summary>See settings and verify the audit trail.</summary>
    Operate,

    /// <summary>Say where posts go, who is called and what may be spent at most.</summary>
    SetUp,
}

/// <summary>The one table of role × permission. Checks and the help card both read it; nothing else decides.</summary>
public static class RoleTable
{
    private static readonly Dictionary<Role, Permission[]> Allowed = new()
    {
        [Role.Viewer] = [Permission.See],
        [Role.Marketer] = [Permission.See, Permission.Draft, Permission.Launch, Permission.Reduce, Permission.Raise, Permission.Simulate],
        [Role.Approver] = [Permission.See, Permission.Draft, Permission.Launch, Permission.Reduce, Permission.Raise, Permission.Approve],
        [Role.OnCall] = [Permission.See, Permission.Reduce, Permission.Raise, Permission.Respond, Permission.StopEverything, Permission.Simulate, Permission.Operate],
        [Role.Admin] = Enum.GetValues<Permission>(),
    };

    /// <summary>What a role in one ad account allows there. Everything else is of the whole workspace.</summary>
    private static readonly HashSet<Permission> OfAccounts =
        [Permission.See, Permission.Draft, Permission.Launch, Permission.Reduce, Permission.Raise, Permission.Approve, Permission.Respond];

    public static bool IsOfAccounts(Permission permission) => OfAccounts.Contains(permission);

    public static bool Allows(IEnumerable<Role> roles, Permission permission) => roles.Any(role => Allowed[role].Contains(permission));

    /// <summary>As people say them: "On-call or Admin".</summary>
    public static string Said(IEnumerable<Role> roles, string joint = "or") => Joined([.. roles.Select(Said)], joint);

    /// <summary>As people say it: "On-call".</summary>
    public static string Said(Role role) => role == Role.OnCall ? "On-call" : role.ToString();

    /// <summary>"Approver for meta:eu"; in the whole workspace the role alone.</summary>
    public static string Said(Role role, AdAccountId? account) => account is { } one ? $"{Said(role)} for {one}" : Said(role);

    /// <summary>"You are Marketer", of everything that somebody is.</summary>
    public static string Said(Person person) => Joined([.. person.Roles.Select(Said), .. person.AccountRoles.Select(role => Said(role.Role, role.Account))], "and");

    /// <summary>"Only Approver or Admin may decide this; you are Marketer."</summary>
    /// <param name="act">What they may: "decide this".</param>
    public static string Refusal(Permission needed, string act, Person person) =>
        person.Outside ?? $"Only {Said(Carrying(needed))} may {act}; you are {Said(person)}.";

    private static string Joined(IReadOnlyList<string> words, string joint) =>
        words.Count switch { 0 => "nobody", 1 => words[0], _ => $"{string.Join(", ", words.Take(words.Count - 1))} {joint} {words[^1]}" };

    /// <summary>The roles that carry <paramref name="permission"/>, weakest first: what a refusal tells the person to ask for.</summary>
    public static IReadOnlyList<Role> Carrying(Permission permission) => [.. Enum.GetValues<Role>().Where(role => Allowed[role].Contains(permission))];
}
