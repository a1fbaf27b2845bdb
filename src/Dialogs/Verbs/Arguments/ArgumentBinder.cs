using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>What came of reading all arguments of a line.</summary>
public abstract record Binding
{
    public sealed record Bound(VerbCall Call) : Binding;

    /// <param name="Line">The line with <see cref="OfferedList.Gap"/> in the place of what is chosen.</param>
    public sealed record Choose(string Asks, string Line, ImmutableArray<Offer> Among) : Binding;

    public sealed record Wrong(string Says) : Binding;
}

/// <summary>Reads the arguments in their order; what is missing is asked for, with buttons where there is something to choose from.</summary>
public sealed partial class ArgumentBinder(ArgumentReaders readers)
{
    /// <param name="suiting">What is offered where nothing was named; what was named is never held against it.</param>
    public async Task<Binding> BindAsync(ParsedLine line, Person person, CancellationToken cancellationToken, Suiting? suiting = null)
    {
        var texts = line.Texts;
        var values = ImmutableDictionary<string, object>.Empty;
        var arguments = line.Verb.Arguments;
        for (var position = 0; position < arguments.Length; position++)
        {
            var argument = arguments[position];
            var text = texts.GetValueOrDefault(argument.Name);
            if (text is null && argument.Optional)
                continue;

            var next = arguments.Skip(position + 1).FirstOrDefault(later => !texts.ContainsKey(later.Name) && TakesWords(later));
            var read = text is null
                ? await readers.OfferAsync(argument, person, suiting ?? Suiting.Any, cancellationToken)
                : await readers.ReadAsync(argument, text, next is not null, person, values, suiting ?? Suiting.Any, cancellationToken);

            switch (read)
            {
                case ReadArgument.Value value:
                    values = values.SetItem(argument.Name, value.Is);
                    texts = texts.SetItem(argument.Name, value.Canonical);
                    if (value.Rest.Length > 0 && next is not null)
                        texts = texts.SetItem(next.Name, value.Rest);
                    break;
                case ReadArgument.Choose choose:
                    ImmutableArray<Offer> offers = [.. choose.Among.Select(one => new Offer(LineWith(line.Verb, texts, argument, one.Says), one.Says, one.Title))];
                    return new Binding.Choose(
                        offers is [var only] ? $"{choose.Asks} There is one: press it, or say \"{only.Line}\"." : choose.Asks, LineWith(line.Verb, texts, argument, OfferedList.Gap), offers);
                case ReadArgument.Wrong wrong:
                    return new Binding.Wrong($"{wrong.Says} For example: {ExampleOf(line.Verb, texts, values)}");
                case ReadArgument.Nothing nothing:
                    return new Binding.Wrong(nothing.Says);
            }
        }

        return new Binding.Bound(new VerbCall(line.Verb, texts, values));
    }

    /// <summary>Words after a name belong to these; an amount that could not be read is still theirs, so that it can be refused in words.</summary>
    private static bool TakesWords(VerbArgument argument) =>
        argument.Kind is ArgumentKind.Words || (argument.Kind is ArgumentKind.Money or ArgumentKind.Duration && !argument.Optional);

    /// <summary>The verb's example, about what was already named: "set budget c8 $600".</summary>
    private static string ExampleOf(Verb verb, ImmutableDictionary<string, string> texts, ImmutableDictionary<string, object> read) => verb.Arguments
        .Where(argument => read.ContainsKey(argument.Name) && argument.Kind is ArgumentKind.Campaign or ArgumentKind.Incident or ArgumentKind.Approval)
        .Aggregate(verb.Example, (example, argument) => AnyHandle().Replace(example, texts[argument.Name], 1));

    private static string LineWith(Verb verb, ImmutableDictionary<string, string> texts, VerbArgument chosen, string says) =>
        new VerbCall(verb, texts.SetItem(chosen.Name, says), ImmutableDictionary<string, object>.Empty).Line;

    [GeneratedRegex(@"\b[aci]1\b")]
    private static partial Regex AnyHandle();
}
