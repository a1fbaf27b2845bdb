using System.Xml.Linq;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Secrets;

/// <summary>The keys of ASP.NET Data Protection in the database, so that every node has the same; each is locked by <see cref="SecretKeyLock"/>.</summary>
internal sealed class SecretKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.Open();
        return [.. db.Set<SecretKeyRow>().AsNoTracking().OrderBy(key => key.Id).Select(key => key.Body).AsEnumerable().Select(body => XElement.Parse(body))];
    }

    /// <summary>Data Protection has no other way than to wait for it.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.Open();
        db.Add(new SecretKeyRow { Id = friendlyName, Workspace = WorkspaceId.Local.Value, Body = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChangesAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}
