using System.Text;
using Slipway.Identity.Contracts;
using Slipway.Identity.SignIn;

namespace Slipway.Identity.Tests.SignIn;

public sealed class PasswordTests
{
    [Fact]
    public void A_stored_password_says_how_it_was_made()
    {
        var stored = PasswordHash.Create(House.Password);

        Assert.Matches(@"^pbkdf2-sha512\$210000\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$", stored);
        Assert.True(PasswordHash.Verify(stored, House.Password));
        Assert.False(PasswordHash.Verify(stored, House.Password + "x"));
        Assert.NotEqual(stored, PasswordHash.Create(House.Password));
    }

    [Fact]
    public void The_function_is_that_of_the_published_vector()
    {
        // PBKDF2-HMAC-SHA512, P = "password", S = "salt", c = 1: 867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d…, first 32 bytes.
        var (salt, hash) = (Convert.ToBase64String("salt"u8), Convert.ToBase64String(Convert.FromHexString("867F70CF1ADE02CFF3752599A3A53DC4AF34C7A669815AE5D513554E1C8CF252")));

        Assert.True(PasswordHash.Verify($"pbkdf2-sha512$1${salt}${hash}", "password"));
        Assert.False(PasswordHash.Verify($"pbkdf2-sha512$2${salt}${hash}", "password"));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_password_has_12_to_256_characters(int length, bool good) => Assert.Equal(good, PasswordRule.Fault(new string('p', length)) is null);

    [Theory, EachDatabase]
    public async Task Unknown_names_and_wrong_passwords_are_answered_alike(string database)
    {
        await using var house = await House.Open(database);
        await house.Invite("invited");
        var answers = new List<Answer>();

        foreach (var (name, password) in new[] { ("root", "not the password"), ("nobody", "not the password"), ("invited", "not the password"), ("Root", House.Password), ("", ""), ("ro\u0000ot", "x"), (new string('x', 5_000), "x"), ("root", new string('x', 5_000)) })
        {
            answers.Add(await house.Stranger().Post("sign-in", new SignInRequest(name, password)));
        }

        Assert.All(answers, answer => Assert.Equal((401, "unauthenticated", answers[0].Problem.Detail), (answer.Status, answer.Problem.Code, answer.Problem.Detail)));
    }

    [Theory, EachDatabase]
    public async Task A_name_and_a_password_work_as_basic_credentials_until_the_password_changes(string database)
    {
        await using var house = await House.Open(database);
        var (_, person) = await house.Person("ann", ("workspace/default", Role.Viewer));
        using var client = Basic(house, "ann", House.Password);
        Assert.Equal("ann", (await client.Get<SessionView>("session")).Principal.Name);

        var link = await house.Admin.Post<InvitationView>($"people/{person.Id}/invitation", new { });
        Assert.Equal(204, (await house.Stranger().Post("set-up", new SetUpRequest(House.TokenOf(link), "another long password"))).Status);

        Assert.Equal(401, (await client.Get("session")).Status);
        Assert.Equal(200, (await Basic(house, "ann", "another long password").Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_verified_password_is_remembered_while_guesses_at_it_are_held_up(string database)
    {
        await using var house = await House.Open(database);
        using var client = Basic(house, "root", House.Password);
        Assert.Equal(200, (await client.Get("session")).Status);

        Answer guess;
        var guesses = 0;
        do { guess = await house.Stranger().Post("sign-in", new SignInRequest("root", "guess " + guesses++)); }
        while (guess.Status == 401);

        Assert.Equal((429, "too_many_attempts"), (guess.Status, guess.Problem.Code));
        Assert.Equal(BackOff.FreePerName + 1, guesses);
        Assert.Equal(TimeSpan.FromSeconds(1), guess.Headers.RetryAfter?.Delta);
        Assert.Equal(200, (await client.Get("session")).Status);
        var other = await Basic(house, "root", "a guess").Get("session");
        Assert.Equal((429, TimeSpan.FromSeconds(1)), (other.Status, other.Headers.RetryAfter?.Delta));
    }

    [Theory, EachDatabase]
    public async Task After_the_wait_the_right_password_works_and_clears_the_name(string database)
    {
        await using var house = await House.Open(database);
        for (var i = 0; i < BackOff.FreePerName; i++) { await house.Stranger().Post("sign-in", new SignInRequest("root", "wrong password")); }

        var early = await house.Stranger().Post("sign-in", new SignInRequest("root", House.Password));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await house.Stranger().Post("sign-in", new SignInRequest("root", House.Password));
        var mistyped = await house.Stranger().Post("sign-in", new SignInRequest("root", "wrong password"));

        Assert.Equal((429, 204, 401), (early.Status, later.Status, mistyped.Status));
    }

    private static Api Basic(House house, string name, string password) =>
        new(house.Server.NewClient()) { Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")) };
}
