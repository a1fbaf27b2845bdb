using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;

namespace ChatOpsCampaigns.Dialogs.Wizard.Fields;

/// <summary>Step 4: where it is shown. Countries add up within a line; what becomes of those before is said in <see cref="CountryList"/>.</summary>
internal static class CountryFields
{
    public static readonly DraftField Countries = new(
        nameof(CampaignDraft.Countries), "targeting", "Countries", Find, (draft, _) => draft.Countries.IsEmpty ? null : string.Join(", ", draft.Countries))
    {
        AddsUp = true,
        Input = new FieldInput("text", "US, CA", value => $"countries {value}") { Value = draft => string.Join(", ", draft.Countries) },
    };

    private static Found? Find(string text, FieldContext context)
    {
        foreach (var group in Language.Countries.KnownGroups.Where(group => context.Own || group.Length > 3))
        {
            if (Finding.Pattern($@"(?<!\w){Regex.Escape(group)}(?!\w)").Match(text) is { Success: true } match)
                return Found.Wrong(match, Language.Countries.GroupProblem(group)!);
        }

        if (Within(text, context) is { } within)
            return within;

        // In the order in which they were said.
        return Mentions(text, context).MinBy(mention => mention.Index) is { } first ? Said(first, text, context.Draft) : Misspelt(text, context);
    }

    /// <summary>"Germany except Berlin": neither the one nor the other is guessed.</summary>
    private static Found? Within(string text, FieldContext context)
    {
        if (Finding.Pattern($@"\b(?:except(?:\s+for)?|excluding|exclude|but\s+not|other\s+than|apart\s+from|outside(?:\s+of)?{(context.Sentence ? "" : "|without|minus")})\s+(?:in\s+)?(?:the\s+)?(?<what>[^,;\n\u0001]+)").Match(text) is not { Success: true } part
            || Mentions(part.Groups["what"].Value, context).Any())
            return null;

        var begins = text.LastIndexOfAny([',', ';', '\n'], part.Index) + 1;
        if (Mentions(text, context).Where(mention => mention.Index >= begins && mention.Index < part.Index).MaxBy(mention => mention.Index) is not { } whole)
            return null;

        var words = text[whole.Index..(part.Index + part.Length)].Trim();
        var code = CodeOf(whole);
        return new Found(whole.Index, part.Index + part.Length - whole.Index, null, $"\"{words}\": Only whole countries are taken: say {Language.Countries.NameOf(code)} ({code}) alone, or leave it out.");
    }

    /// <summary>A country as it is said: to be shown it, to be added, or to be left out with those that follow.</summary>
    private static Found Said(Group country, string text, CampaignDraft draft)
    {
        var before = text[..country.Index];
        if (Finding.Pattern(@"\b(?:remove|drop|exclude|excluding|except(?:\s+for)?|without|but\s+not|not|minus|leave\s+out|take\s+out|no)\s+(?:in\s+)?(?:the\s+)?$").Match(before) is { Success: true } leaves)
            return LeftOut(leaves.Index, country, text, draft);

        var code = CodeOf(country);
        if (Language.Countries.ProblemOf(code) is { } problem)
            return Found.Wrong(country, problem);

        var begins = text.LastIndexOfAny([';', '\n'], country.Index) + 1;
        var ends = text.IndexOfAny([';', '\n'], country.Index) is >= 0 and var end ? end : text.Length;
        return Found.Right(country, draft => draft with { Countries = draft.Countries.Contains(code) ? draft.Countries : draft.Countries.Add(code) }) with
        {
            Joins = Finding.Pattern(@"\b(?:add|also|plus|include|including|too|as well|in addition)\b|(?<![\w\d])\+").IsMatch(text[begins..ends]),
        };
    }

    private static Found LeftOut(int begins, Group first, string text, CampaignDraft present)
    {
        var codes = new List<string> { CodeOf(first) };
        var end = first.Index + first.Length;
        while (Finding.Pattern(@"\G\s*(?:,|&|\band\b|\bor\b)+\s*(?:in\s+)?(?:the\s+)?(?<what>[\p{L}. ]+?)(?=\s*(?:[,;&\n\u0001]|\band\b|\bor\b|$))").Match(text, end) is { Success: true } next
            && Language.Countries.FindCode(next.Groups["what"].Value) is { } also)
        {
            codes.Add(also);
            end = next.Index + next.Length;
        }

        if (!present.Countries.Intersect(codes).Any())
            return new Found(begins, end - begins, null, $"{string.Join(", ", codes)} {(codes.Count == 1 ? "is" : "are")} not among the countries; nothing was left out.");

        return new Found(begins, end - begins, draft => draft with { Countries = [.. draft.Countries.Except(codes)] }, null) { Joins = true, Leaves = [.. codes] };
    }

    private static string CodeOf(Group country) => Language.Countries.FindCode(Finding.Pattern(@"^(?:in\s+)?(?:the\s+(?!states))?").Replace(country.Value, ""))!;

    private static IEnumerable<Group> Mentions(string text, FieldContext context)
    {
        foreach (var name in Language.Countries.KnownNames)
        {
            if (text.Contains(name, StringComparison.OrdinalIgnoreCase) && Finding.Pattern($@"(?:\bin\s+)?(?:\bthe\s+)?(?<!\w){Regex.Escape(name)}(?!\w)").Match(text) is { Success: true } match)
                yield return match;
        }

        foreach (var code in PlacedCodes(text, context).Concat(context.Own ? Capitals.Matches(text).Select(match => match.Groups["code"]).Concat(SmallCodes(text)) : WrittenCodes.Matches(text).Select(match => match.Groups["code"])))
        {
            if (Language.Countries.FindCode(code.Value) is not null && (context.Own || !Abbreviations.Contains(code.Value)))
                yield return code;
        }
    }

    /// <summary>"in the us", "countries uk, ie": small letters where only a country can be meant.</summary>
    private static IEnumerable<Group> PlacedCodes(string text, FieldContext context) =>
        Finding.Pattern($@"(?<=\bin\s+(?:the\s+)?)(?<code>{(context.Own ? "[a-z]{2}" : "us|uk")})(?![\p{{L}}\p{{Nd}}])|(?<=\bcountr(?:y|ies)\s*[:=]?\s*(?:(?:\u0001|[a-z]{{2}}|and)[\s,&]+)*)(?<![a-z])(?<code>[a-z]{{2}})(?![\p{{L}}\p{{Nd}}])").Matches(text)
            .Select(match => match.Groups["code"])
            .Where(code => !SmallWords.Contains(code.Value.ToLowerInvariant()));

    /// <summary>In small letters two letters are words of their own: they count in a part of the line that is nothing but codes, not all of them such words.</summary>
    private static IEnumerable<Group> SmallCodes(string text)
    {
        foreach (Match part in Finding.Pattern("[^,;\n\u0001]+").Matches(text))
        {
            var words = Finding.Pattern(@"\S+").Matches(text, part.Index).TakeWhile(word => word.Index < part.Index + part.Length)
                .Where(word => !word.Value.Equals("and", StringComparison.OrdinalIgnoreCase)).ToList();
            if (words.All(word => word.Length == 2 && Language.Countries.FindCode(word.Value) is not null) && words.Exists(word => !SmallWords.Contains(word.Value)))
            {
                foreach (var word in words)
                    yield return word;
            }
        }
    }

    private static readonly Regex Capitals = Finding.Exact(@"(?<![\p{L}\p{Nd}])(?<code>[A-Z]{2})(?![\p{L}\p{Nd}])");

    /// <summary>Where a country may stand in a sentence: after "in", "for" and the like, at the beginning of a part, or beside another code.</summary>
    private static readonly Regex WrittenCodes = Finding.Exact(
        @"(?:(?<=^\s*)|(?<=[,;/&\u0001]\s*)|(?<=\b(?:in|and|the|for|to|add|also|plus|include|remove|without|exclude|countries:?|country:?)\s+))(?<code>[A-Z]{2})(?![\p{L}\p{Nd}])|(?<![\p{L}\p{Nd}])(?<code>[A-Z]{2})(?=\s*[,/& ]\s*[A-Z]{2}(?![\p{L}\p{Nd}]))");

    private static readonly HashSet<string> SmallWords = ["am", "as", "at", "be", "do", "in", "is", "it", "me", "my", "no", "of", "so", "to", "we"];

    /// <summary>What people write in capitals in a sentence without meaning a country.</summary>
    private static readonly HashSet<string> Abbreviations = ["AD", "AI", "AM", "ID", "IO", "PM", "TV"];

    /// <summary>Asked for: any word. Else a part of the line that is nothing but such a word, and in a sentence what stands where a country would.</summary>
    private static Found? Misspelt(string text, FieldContext context)
    {
        const string Word = @"[a-z]{4,}(?: [a-z]{4,})?";
        var pattern = context switch
        {
            { Own: true } => $@"(?<![\w-])(?!countr(?:y|ies)\b){Word}(?![\w-])",
            { Sentence: true } => $@"(?<=\bin\s+(?:the\s+)?){Word}(?![\w-])",
            _ => $@"(?<=(?:^|[,;&\n\u0001]|\b(?:in|and|add|also|plus|countries:?|country:?)\b)\s*){Word}(?=\s*(?:[,;&.!\n\u0001]|\band\b|$))",
        };
        foreach (Match word in Finding.Pattern(pattern).Matches(text))
        {
            if (((context.Own && context.Draft.Step == Countries.Step) || word.Value.Length > Short) && !Known.Contains(word.Value.ToLowerInvariant()) && Language.Countries.Nearest(word.Value) is { } near)
                return Found.Wrong(word, $"I do not know a country \"{word.Value}\". Did you mean {Language.Countries.NameOf(near)} ({near})?") with { Suggests = near };
        }

        return null;
    }

    /// <summary>"mail" is no Mali where no country was asked for.</summary>
    public const int Short = 4;

    private static readonly string[] Known = ["ages", "aged", "male", "female", "women", "everyone", "genders", "adults", "interests", "lookalike", "hours", "chat"];
}
