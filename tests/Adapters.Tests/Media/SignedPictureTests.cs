using System.Web;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Media;

/// <summary>Addresses of single pictures: for that picture, until their end, and made by nobody else.</summary>
public sealed class SignedPictureTests
{
    private static readonly Digest Picture = Digest.Of([1, 2, 3]);

    private readonly FakeTimeProvider _machine = new(A.Noon);

    private SignedPictures Pictures(byte key = 1) => new(new Uri("https://campaigns.example.com"), () => [.. Enumerable.Repeat(key, 32)], _machine);

    [Fact]
    public void An_address_holds_for_its_picture_and_for_a_week()
    {
        var address = new Uri(Pictures().AddressOf($"/media/{Picture.Value}")!);
        var said = HttpUtility.ParseQueryString(address.Query);

        address.GetLeftPart(UriPartial.Path).ShouldBe($"https://campaigns.example.com/media/{Picture.Value}/signed");
        Pictures().IsGenuine(Picture, said["until"], said["signature"]).ShouldBeTrue();
        Pictures().IsGenuine(Digest.Of([4]), said["until"], said["signature"]).ShouldBeFalse("another picture");
        Pictures().IsGenuine(Picture, said["until"] + "0", said["signature"]).ShouldBeFalse("a later end");
        Pictures().IsGenuine(Picture, said["until"], null).ShouldBeFalse();
        Pictures().IsGenuine(Picture, null, said["signature"]).ShouldBeFalse();
        Pictures(key: 2).IsGenuine(Picture, said["until"], said["signature"]).ShouldBeFalse("another key");

        _machine.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        Pictures().IsGenuine(Picture, said["until"], said["signature"]).ShouldBeFalse("its end is past");
    }

    [Fact]
    public void Where_nothing_can_be_reached_there_is_no_address_and_none_is_believed()
    {
        var nowhere = new SignedPictures(null, () => throw new InvalidOperationException("No key is needed."), _machine);

        nowhere.AddressOf($"/media/{Picture.Value}").ShouldBeNull();
        nowhere.IsGenuine(Picture, "9999999999", "00").ShouldBeFalse();
        Pictures().AddressOf("https://elsewhere.example/p.png").ShouldBeNull();
    }
}
