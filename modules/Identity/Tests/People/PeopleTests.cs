using Slipway.Identity.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity.Tests.People;

public sealed class PeopleTests
{
    [Theory, EachDatabase]
    public async Task An_invited_person_sets_a_password_and_is_in(string database)
    {
        await using var house = await House.Open(database);

        var invited = await house.Invite("ann");
        using var ann = house.Stranger();
        var done = await ann.Post("set-up", new SetUpRequest(House.TokenOf(invited.Invitation), House.Password));

        Assert.False(invited.Person.HasPassword);
        Assert.Equal(house.Clock.GetUtcNow().AddHours(24).ToUnixTimeMilliseconds(), invited.Invitation.ExpiresMs);
        Assert.Equal(204, done.Status);
        Assert.Equal("ann", (await ann.Get<SessionView>("session")).Principal.Name);
        Assert.Equal([("ann", true), ("root", true)], (await house.Admin.Get<Page<PersonView>>("people")).Items.Select(person => (person.Name, person.HasPassword)));
    }

    [Theory, EachDatabase]
    public async Task An_invitation_ends_after_a_day_with_its_successor_and_with_its_use(string database)
    {
        await using var house = await House.Open(database);
        var first = await house.Invite("ann");
        var second = await house.Admin.Post<InvitationView>($"people/{first.Person.Id}/invitation", new { });

        Assert.Equal(400, await Use(first.Invitation));
        Assert.Equal(204, await Use(second));
        Assert.Equal(400, await Use(second));

        var third = await house.Admin.Post<InvitationView>($"people/{first.Person.Id}/invitation", new { });
        house.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal(400, await Use(third));

        async Task<int> Use(InvitationView link) => (await house.Stranger().Post("set-up", new SetUpRequest(House.TokenOf(link), House.Password))).Status;
    }

    [Theory, EachDatabase]
    public async Task A_new_password_ends_the_sessions_that_the_old_one_began(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann");
        var link = await house.Admin.Post<InvitationView>($"people/{person.Id}/invitation", new { });
        Assert.Equal(200, (await ann.Get("session")).Status);

        await house.Stranger().Post("set-up", new SetUpRequest(House.TokenOf(link), "another long password"));

        Assert.Equal(401, (await ann.Get("session")).Status);
    }

    [Theory, EachDatabase]
    public async Task Deactivation_ends_session_key_password_and_link_at_once(string database)
    {
        await using var house = await House.Open(database);
        var (ann, person) = await house.Person("ann", ("workspace/default", Role.Contributor));
        var key = await ann.Post<CreatedKeyView>("keys", new CreateKeyRequest("laptop", "default", 30));
        using var program = house.WithKey(key.Secret);
        var link = await house.Admin.Post<InvitationView>($"people/{person.Id}/invitation", new { });
        Assert.Equal((200, 200), ((await ann.Get("session")).Status, (await program.Get("session")).Status));

        Assert.Equal(204, (await house.Admin.Delete($"people/{person.Id}")).Status);

        Assert.Equal((401, 401), ((await ann.Get("session")).Status, (await program.Get("session")).Status));
        Assert.Equal(401, (await house.Stranger().Post("sign-in", new SignInRequest("ann", House.Password))).Status);
        Assert.Equal(400, (await house.Stranger().Post("set-up", new SetUpRequest(House.TokenOf(link), House.Password))).Status);
        Assert.Equal((409, "deactivated"), Outcome(await house.Admin.Post($"people/{person.Id}/invitation", new { })));
        Assert.Equal((409, "name_taken"), Outcome(await house.Admin.Post("people", new CreatePersonRequest("ann", "Ann"))));
        Assert.Equal(204, (await house.Admin.Delete($"people/{person.Id}")).Status);
        Assert.NotNull((await house.Admin.Get<Page<PersonView>>("people")).Items.Single(p => p.Name == "ann").DeactivatedMs);
    }

    [Theory, EachDatabase]
    public async Task Names_and_titles_that_could_mislead_are_refused_with_every_fault(string database)
    {
        await using var house = await House.Open(database);

        foreach (var name in new[] { "", "Ann", "a b", "a:b", "-a", "ann\n", "аnn", "a\u200bnn", new string('a', 65), "a/b", "a'b" })
        {
            var answer = await house.Admin.Post("people", new CreatePersonRequest(name, ""));
            Assert.Equal((400, "name", "displayName"), (answer.Status, answer.Problem.Errors![0].Field, answer.Problem.Errors[1].Field));
        }

        foreach (var title in new[] { " x", "x ", "a\u202eb", "a\u0007", "a\nb", new string('x', 251) })
        {
            Assert.Equal(400, (await house.Admin.Post("people", new CreatePersonRequest("ann", title))).Status);
        }

        Assert.Equal(201, (await house.Admin.Post("people", new CreatePersonRequest("ann.o-neil@example.org", "Ann O’Neil 安"))).Status);
    }

    [Theory, EachDatabase]
    public async Task Fields_that_nobody_asked_for_and_fields_given_twice_are_refused(string database)
    {
        await using var house = await House.Open(database);

        // Class H12 of the attack suite: mass assignment.
        foreach (var body in new[]
        {
            """{"name":"eve","displayName":"Eve","role":"admin"}""", """{"name":"eve","displayName":"Eve","id":"1"}""", """{"name":"eve","displayName":"Eve","createdMs":0}""",
            """{"name":"eve","displayName":"Eve","Name":"root"}""", """{"name":"eve","name":"root","displayName":"Eve"}""", """{"name":"eve"}""", """{"name":null,"displayName":"Eve"}""",
            "[]", "null", "", "{", """{"name":1,"displayName":"Eve"}""",
        })
        {
            Assert.Equal(400, (await house.Admin.PostText("people", body)).Status);
        }

        Assert.Single((await house.Admin.Get<Page<PersonView>>("people")).Items);
    }

    [Theory, EachDatabase]
    public async Task A_service_account_has_an_active_owner_keys_and_no_password(string database)
    {
        await using var house = await House.Open(database);
        var (_, owner) = await house.Person("ann");
        var key = await house.Key("bot");
        using var bot = house.WithKey(key.Secret);
        var account = (await house.Admin.Get<Page<ServiceAccountView>>("service-accounts")).Items.Single();

        Assert.Equal(("root", true), (account.OwnerName, account.OwnerActive));
        Assert.Equal((400, "ownerId"), (await OwnerFault(account.Id), (await house.Admin.Post("service-accounts", new CreateServiceAccountRequest("b", "B", "nobody"))).Problem.Field));
        Assert.Equal(401, (await house.Stranger().Post("sign-in", new SignInRequest("bot", ""))).Status);
        Assert.Equal(404, (await house.Admin.Post($"people/{account.Id}/invitation", new { })).Status);

        Assert.Equal(200, (await bot.Get("session")).Status);
        Assert.Equal(204, (await house.Admin.Delete($"service-accounts/{account.Id}")).Status);
        Assert.Equal(401, (await bot.Get("session")).Status);
        await house.Admin.Delete($"people/{owner.Id}");
        Assert.Equal(400, await OwnerFault(owner.Id));

        async Task<int> OwnerFault(string id) => (await house.Admin.Post("service-accounts", new CreateServiceAccountRequest("c", "C", id))).Status;
    }

    private static (int, string) Outcome(Answer answer) => (answer.Status, answer.Problem.Code);
}
