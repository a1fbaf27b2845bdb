using System.Text.Json;
using ChatOpsCampaigns.Automation.Creatives;

namespace ChatOpsCampaigns.Adapters.Media.Pictures;

/// <summary>The other side of <see cref="PictureProgram"/>: one order on standard input, one answer on standard output, then it ends.</summary>
internal static class PictureWorker
{
    /// <summary>What the program is called with to be this.</summary>
    public const string Verb = "picture";

    public static int Run(Stream input, Stream output)
    {
        var order = JsonSerializer.Deserialize(input, PictureJson.Default.PictureOrder) ?? throw new ArgumentException("There is no order.", nameof(input));
        JsonSerializer.Serialize(output, AnswerTo(order), PictureJson.Default.PictureAnswer);
        return 0;
    }

    private static PictureAnswer AnswerTo(PictureOrder order)
    {
        try
        {
            return order.Target is { } target ? MagickImageEditor.Make(order, target) : MagickImageEditor.Look(order);
        }
        catch (CreativeException refusal)
        {
            return PictureAnswer.No(refusal.Message);
        }
    }
}
