namespace Flip.Edge.Cloud.Tests.Validation;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("john.doe@example.com")]
    [InlineData("a@b.co")]
    [InlineData("o'neil+flip@mail.example.co.uk")]
    [InlineData("jürgen@müller.example")]
    public void Ordinary_addresses_are_plausible(string address) => Assert.True(EmailAddress.IsPlausible(address));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("[email protected]")]
    [InlineData("john.doe")]
    [InlineData("john@localhost")]
    [InlineData("john@@example.com")]
    [InlineData("john@doe@example.com")]
    [InlineData("john doe@example.com")]
    [InlineData(" john@example.com")]
    [InlineData("john.@example.com")]
    [InlineData("jo..hn@example.com")]
    [InlineData("john@.example.com")]
    [InlineData("john@example..com")]
    [InlineData("john@-example.com")]
    [InlineData("john@example.c")]
    [InlineData("john@127.0.0.1")]
    [InlineData("john@exa\nmple.com")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@example.com")]
    public void Slips_are_not(string address) => Assert.False(EmailAddress.IsPlausible(address));
}
