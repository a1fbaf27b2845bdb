using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;

namespace ChatOpsCampaigns.Dialogs.Wizard;

/// <summary>Reads a value for one field: as its input would say it, or else as it stands, as an answer to the field's own step.</summary>
internal static class FieldEdit
{
    public static LineReading Read(DraftField field, string value, FieldContext context)
    {
        var said = field.Input is { } input ? LineReader.Read(input.Says(value), context, field.Step) : null;
        if (said is { Leftover.Length: 0, Problems.IsEmpty: true } && said.Understood.Any(read => read.Field == field))
            return said;

        var bare = LineReader.Read(value, context, field.Step);
        return said is null || bare.IsAnything ? bare : said;
    }
}
