using System.ComponentModel;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Verbs;
using Microsoft.SemanticKernel;

namespace ChatOpsCampaigns.Adapters.Language;

/// <summary>
/// The reading and proposing verbs as a Semantic Kernel plugin. It acts on nothing: a function returns the canonical line that the
/// dispatcher would run for the person, with the person's own permissions. No line that it writes may be read as a verb that acts.
/// </summary>
internal static class VerbPlugin
{
    public const string Name = "Campaigns";

    public static KernelPlugin Build(VerbCatalogue catalogue) => KernelPluginFactory.CreateFromFunctions(
        Name, catalogue.All.Where(IsOffered).Select(FunctionOf));

    /// <summary>What can be said, is built, and changes nothing by itself.</summary>
    private static bool IsOffered(Verb verb) => verb.Kind != VerbKind.Acts && !verb.Phrases.IsEmpty && !ComingCommand.Is(verb);

    private static KernelFunction FunctionOf(Verb verb) => KernelFunctionFactory.CreateFromMethod(
        (KernelArguments arguments) => LineOf(verb, arguments),
        NameOf(verb),
        $"{verb.Summary}. Example: {verb.Example}",
        verb.Arguments.Select(argument => new KernelParameterMetadata(argument.Name)
        {
            Description = argument.Choices.IsEmpty ? argument.Summary : $"{argument.Summary}: {string.Join(", ", argument.Choices)}",
            IsRequired = !argument.Optional,
            ParameterType = typeof(string),
        }));

    private static string NameOf(Verb verb)
    {
        var name = verb.Name.Replace(' ', '_').Replace('-', '_');
        return verb.Place == VerbPlace.Anywhere ? name : $"{verb.Place.ToString().ToLowerInvariant()}_{name}";
    }

    [Description("The canonical line.")]
    private static string LineOf(Verb verb, KernelArguments arguments) => string.Join(
        ' ',
        [verb.Name, .. verb.Arguments.Select(argument => arguments.TryGetValue(argument.Name, out var text) ? text?.ToString() : null).OfType<string>()]);
}
