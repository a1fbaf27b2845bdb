using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Language;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;

namespace ChatOpsCampaigns.Dialogs.Wizard.Reading;

/// <summary>
/// The countries of one line beside those said before: a new list takes the place of the old one, "add …" joins it, and the answer to
/// "did you mean Canada?" takes the misspelt one's place. While something is unclear the list before stays as it was.
/// </summary>
internal sealed class CountryList(CampaignDraft before, string line)
{
    /// <summary>Under this name a draft remembers the list that was asked about: codes as they were said, with a question mark where it was a guess.</summary>
    private const string Asked = "Countries?";

    private readonly List<(int At, string Code)> _said = [];
    private bool _wrong;
    private bool _joins;

    /// <summary>What a line says: "yes" means the countries that were asked about.</summary>
    public static string Meant(string line, CampaignDraft draft) => draft.Step is "targeting" or "review" && Open(draft) is { IsEmpty: false } open && IsYes(line)
        ? string.Join(", ", open)
        : line;

    public static bool IsYes(string line) => Finding.Pattern(@"^\s*(?:yes|y|yep|yeah|sure|right|correct|ok|okay)(?:,? please)?\s*[.!]*\s*$").IsMatch(line);

    /// <summary>What is still asked about a list; null when nothing is.</summary>
    public static string? StillAsked(CampaignDraft draft) => Open(draft) is { IsEmpty: false } open
        ? $"Still open: did you mean {string.Join(" and ", open.Select(code => $"{Countries.NameOf(code)} ({code})"))}? Say \"yes\", or the countries anew; \"done\" goes on without."
        : null;

    public static CampaignDraft WithoutAsked(CampaignDraft draft) => draft with { ReadFrom = draft.ReadFrom.Remove(Asked) };

    public void Miss(Found found, string words)
    {
        _wrong = true;
        if (found.Suggests is { } near)
            _said.Add((At(words), $"?{near}"));
    }

    /// <summary>The draft with one more mention; a list that is new begins empty.</summary>
    public CampaignDraft Add(CampaignDraft draft, Found found, string words)
    {
        var isFirst = !_joins && _said.TrueForAll(one => one.Code[0] == '?');
        _joins |= found.Joins;
        var changed = found.Apply!(isFirst && !found.Joins ? draft with { Countries = [] } : draft);
        if (changed.Countries.Length > 0 && found.Leaves.Count == 0)
            _said.Add((At(words), changed.Countries[^1]));

        return changed;
    }

    public CampaignDraft Settle(CampaignDraft draft, ImmutableArray<(DraftField Field, string Words)>.Builder understood, IList<string> problems, IList<string> notes)
    {
        var said = understood.Any(read => read.Field == CountryFields.Countries);
        if (_wrong)
            return Unclear(draft, understood, problems);

        var pending = Tokens(before);
        if (!said && !pending.IsEmpty)
            return draft with { ReadFrom = draft.ReadFrom.SetItem(Asked, string.Join(' ', pending)) };

        if (_joins || pending.IsEmpty)
            return draft;

        if (!draft.Countries.All(code => pending.Contains($"?{code}")))
        {
            var gone = pending.Where(code => code[0] != '?').Except(draft.Countries).ToList();
            if (gone.Count > 0)
                notes.Add($"Without {string.Join(", ", gone)}, which {(gone.Count == 1 ? "is" : "are")} not in the new list (\"add {string.Join(", ", gone)}\" brings {(gone.Count == 1 ? "it" : "them")} back)");

            return draft;
        }

        ImmutableArray<string> list = [.. pending.Select(code => draft.Countries.Contains(code.TrimStart('?')) ? code.TrimStart('?') : code)];
        var open = list.Where(code => code[0] == '?').Select(code => code[1..]).ToList();
        foreach (var code in open)
            problems.Add($"And did you mean {Countries.NameOf(code)} ({code}) too?");

        return draft with { Countries = [.. list.Where(code => code[0] != '?')], ReadFrom = open.Count == 0 ? draft.ReadFrom : draft.ReadFrom.SetItem(Asked, string.Join(' ', list)) };
    }

    private CampaignDraft Unclear(CampaignDraft draft, ImmutableArray<(DraftField Field, string Words)>.Builder understood, IList<string> problems)
    {
        var kept = _joins ? before.Countries.Where(code => !_said.Exists(one => one.Code == code)) : [];
        string[] list = [.. kept, .. _said.OrderBy(one => one.At).Select(one => one.Code)];
        var asked = list.Any(code => code[0] == '?') ? draft.ReadFrom.SetItem(Asked, string.Join(' ', list)) : draft.ReadFrom;
        if (before.Countries.IsEmpty || before.Countries.SequenceEqual(draft.Countries))
            return draft with { ReadFrom = asked };

        understood.RemoveAll(read => read.Field == CountryFields.Countries);
        problems.Add($"The countries stay {string.Join(", ", before.Countries)} until that is clear.");
        var words = before.ReadFrom.GetValueOrDefault(nameof(draft.Countries));
        return draft with { Countries = before.Countries, ReadFrom = words is null ? asked.Remove(nameof(draft.Countries)) : asked.SetItem(nameof(draft.Countries), words) };
    }

    private int At(string words) => line.IndexOf(words, StringComparison.OrdinalIgnoreCase);

    private static ImmutableArray<string> Tokens(CampaignDraft draft) =>
        draft.ReadFrom.TryGetValue(Asked, out var list) ? [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : [];

    /// <summary>Countries that are asked about, by code.</summary>
    public static ImmutableArray<string> Open(CampaignDraft draft) => [.. Tokens(draft).Where(code => code[0] == '?').Select(code => code[1..])];
}
