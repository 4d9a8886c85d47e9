using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Rasp.Assessments;
using Rasp.Data;
using Rasp.Data.Tokens;
using Rasp.Readiness.Instruments;
using Rasp.Readiness.Scoring;

namespace Rasp.Api;

/// <summary>What programs can ask for, as OpenAPI 3.1: made once, from the endpoints themselves.</summary>
public sealed partial class ApiDescription([FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";
    public const string MediaType = "application/vnd.oai.openapi+json";

    private const string Bearer = "bearer";
    private const string Basic = "basic";

    private byte[]? made;

    /// <summary>The document. Asked for twice at the start, it is made twice, and is the same.</summary>
    public async ValueTask<byte[]> JsonAsync(CancellationToken cancellation)
    {
        if (made is { } known) return known;
        var document = await provider.GetOpenApiDocumentAsync(cancellation);
        using var bytes = new MemoryStream();
        await document.SerializeAsJsonAsync(bytes, OpenApiSpecVersion.OpenApi3_1, cancellation);
        return made = bytes.ToArray();
    }

    /// <summary>Whether whoever asks would read it: browsers say so, programs want the document.</summary>
    public static bool IsForPeople(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(a => a.MediaType == MediaTypeNames.Text.Html && a.Quality != 0);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Links.ApiDescription, [HttpMethods.Get, HttpMethods.Head], async (HttpContext context, ApiDescription description) =>
        TypedResults.Bytes(await description.JsonAsync(context.RequestAborted), MediaTypeNames.Application.Json)).ExcludeFromDescription();

    public static void Configure(OpenApiOptions options, Settings settings)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = d => $"/{d.RelativePath}".StartsWith(Links.ApiRoot + "/", StringComparison.Ordinal) && d.HttpMethod != HttpMethods.Head;
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? Suffix().Replace(name, "") : null;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // All else that is sent may be left out.
            if (Needed.TryGetValue(context.JsonTypeInfo.Type, out var needed) && schema.Properties is { Count: > 0 }) schema.Required = needed.ToHashSet();
            if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) != typeof(AnswerValue)) return Task.CompletedTask;
            (schema.Type, schema.Properties, schema.Required) = (null, null, null);
            schema.Description = "A level, dk (don't know) or na (not applicable).";
            schema.AnyOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" }, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("dk"), JsonValue.Create("na")] },
                .. Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is null ? Array.Empty<IOpenApiSchema>() : [new OpenApiSchema { Type = JsonSchemaType.Null }],
            ];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new()
            {
                Title = "Rasp",
                Version = "1",
                Description = "What a program can read and write in Rasp with a token: what its owner sees on the pages, and not a word more. Ids are as in the addresses of the pages. Times are UTC. What an organisation withholds is left out, never null.",
                License = new() { Name = "MIT", Identifier = "MIT" },
            };
            document.Servers = [new() { Url = settings.Url.ToString().TrimEnd('/') }];
            foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>()) tag.Description = Subjects[tag.Name!];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "rasp_ and 40 letters and digits", Description = "A token, made in your account or on your organisation's page." },
                [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "The same token as the password, with any name: for Excel and Power BI." },
            };
            document.Security = [new() { [new(Bearer, document)] = [] }, new() { [new(Basic, document)] = [] }];
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas["Problem"] = Problem();
            document.Components.Responses = Refusals.ToDictionary(r => r.Name, r => (IOpenApiResponse)new OpenApiResponse
            {
                Description = r.Means,
                Headers = r.Header is var (header, holds) ? new Dictionary<string, IOpenApiHeader> { [header] = new OpenApiHeader { Description = holds, Schema = new OpenApiSchema { Type = JsonSchemaType.String } } } : null,
                Content = new Dictionary<string, OpenApiMediaType> { [Problems.MediaType] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
            });
            return Task.CompletedTask;
        });
    }

    private static readonly Dictionary<string, string> Subjects = new(StringComparer.Ordinal)
    {
        [ProgrammeCalls.Tag] = "Programmes, how far each round has got, and what partners show each other.",
        [AssessmentCalls.Tag] = "Your own assessments: what they come to, and what is entered.",
        [PlanCalls.Tag] = "What is to be done, by whom and until when.",
        [InstrumentCalls.Tag] = "What is asked.",
        [FlatTable.Tag] = "All results that the token sees, in one.",
    };

    /// <summary>What has to be sent.</summary>
    private static readonly Dictionary<Type, string[]> Needed = new() { [typeof(NewAssessment)] = ["stage", "role"], [typeof(NewAnswer)] = ["answer"], [typeof(NewAction)] = ["what"] };

    /// <summary>Every way in which a call can be refused.</summary>
    private static readonly (string Status, string Name, string Means, (string Name, string Holds)? Header)[] Refusals =
    [
        ("400", "CallAtFault", "The call says something that can't be. Where it is wrong, and what would be right, stands in errors.", null),
        ("401", "TokenNeeded", "There is no token, or it is none, or has ended.", ("WWW-Authenticate", "How to send one.")),
        ("403", "TokenMayNot", "The token may not do this.", null),
        ("404", "NotFound", "There is no such thing, or not for this token: the answer is the same.", null),
        ("406", "NotInThatForm", "It can't be had in the form that Accept asks for.", null),
        ("409", "Closed", "It can't be changed now.", null),
        ("412", "ChangedMeanwhile", "Somebody else changed it after it was read. Nothing was changed.", ("ETag", "Of what stands there now.")),
        ("415", "NotJson", "What was sent is not JSON.", null),
        ("428", "SayWhatYouSaw", "If-Match is missing.", null),
        ("429", "TooManyCalls", "Too many calls in this minute.", ("Retry-After", "After how many seconds to try again.")),
    ];

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var (metadata, path, method, document) = (context.Description.ActionDescriptor.EndpointMetadata, $"/{context.Description.RelativePath}", context.Description.HttpMethod!, context.Document!);
        var isPaged = metadata.OfType<ComesInPieces>().Any();
        var needs = metadata.OfType<NeedsScope>().FirstOrDefault();
        var isVersioned = method == HttpMethods.Put || VersionedPath().IsMatch(path);
        operation.OperationId = method.ToLowerInvariant() + string.Concat(path[(Links.ApiRoot.Length + 1)..].Split('/', '.').Select(p => p[0] == '{' ? "By" + Capital(p[1..^1]) : Capital(p)));
        if (needs is not null) operation.Description += $" Needs a token with the scope {needs.Scope.Words().Single()}.";
        operation.Parameters =
        [
            .. Place().Matches(path).Select(m => (IOpenApiParameter)new OpenApiParameter { Name = m.Groups[1].Value, In = ParameterLocation.Path, Required = true, Description = Places[m.Groups[1].Value], Schema = Text(PlaceExample(context, m.Groups[1].Value)) }),
            .. isPaged ? new IOpenApiParameter[]
            {
                new OpenApiParameter { Name = Paging.SizeField, In = ParameterLocation.Query, Description = $"How many at a time: 1 to {Paging.Most}, {Paging.Usual} where it is left out.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{Paging.Most}", Default = JsonValue.Create(Paging.Usual) } },
                new OpenApiParameter { Name = Paging.AfterField, In = ParameterLocation.Query, Description = "Where to go on: as it stands in the header Link of the piece before.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            } : [],
            .. method == HttpMethods.Put ? [new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Required = true, Description = "The ETag that came with what you have read.", Schema = Text("\"1\"") }] : Array.Empty<IOpenApiParameter>(),
            .. method == HttpMethods.Get && !path.Contains("/table.", StringComparison.Ordinal) ? [new OpenApiParameter { Name = "If-None-Match", In = ParameterLocation.Header, Description = "The ETag of what you have already.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } }] : Array.Empty<IOpenApiParameter>(),
        ];
        var instrument = context.ApplicationServices.GetRequiredService<InstrumentLibrary>().Current;
        foreach (var (status, response) in operation.Responses!.Where(r => r.Key is "200" or "201").ToList())
        {
            if (response is not OpenApiResponse done) continue;
            done.Description = status == "201" ? "It is made." : isPaged ? "A piece of the list." : "It is here.";
            var headers = new Dictionary<string, IOpenApiHeader>();
            if (!path.Contains("/table.", StringComparison.Ordinal) && (status == "200" || isVersioned)) headers["ETag"] = Header(isVersioned ? "Its version: what a change must name." : "Of what this token sees.");
            if (isPaged) headers["Link"] = Header("The address of the next piece, as rel=\"next\"; not there on the last.");
            if (status == "201") headers["Location"] = Header("Where it is.");
            done.Headers = headers;
            var type = context.Description.SupportedResponseTypes.FirstOrDefault(t => $"{t.StatusCode}" == status)?.Type;
            foreach (var content in done.Content!.Values) content.Example = ExampleOf(type, instrument, context.ApplicationServices);
        }
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            var type = metadata.OfType<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>().First().RequestType;
            foreach (var content in body.Content!.Values) content.Example = ExampleOf(type, instrument, context.ApplicationServices);
        }
        if (method == HttpMethods.Get && !path.Contains("/table.", StringComparison.Ordinal)) operation.Responses!["304"] = new OpenApiResponse { Description = "What you have already is as it stands." };
        var isChange = method != HttpMethods.Get;
        foreach (var (status, name, _, _) in Refusals)
        {
            var applies = status switch
            {
                "400" => isPaged || isChange,
                "403" => isChange || path.EndsWith("/answers", StringComparison.Ordinal) || path.Contains("/answers/", StringComparison.Ordinal),
                "404" => path.Contains('{', StringComparison.Ordinal),
                "409" => path.Contains("/answers/", StringComparison.Ordinal) && isChange,
                "412" or "428" => method == HttpMethods.Put,
                "415" => isChange,
                _ => true,
            };
            if (applies) operation.Responses![status] = new OpenApiResponseReference(name, document);
        }
        return Task.CompletedTask;
    }

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["programme"] = "The id of a programme, as in the address of its page.",
        ["round"] = "The id of a round.",
        ["assessment"] = "The id of an assessment, as in the address of its page.",
        ["question"] = "A question's key in full.",
        ["action"] = "The id of an action.",
        ["instrument"] = "The id of an instrument.",
        ["version"] = "One of its versions.",
    };

    private static string PlaceExample(OpenApiOperationTransformerContext context, string place)
    {
        var instrument = context.ApplicationServices.GetRequiredService<InstrumentLibrary>().Current;
        return place switch { "question" => instrument.Questions[0].Key, "instrument" => instrument.Id, "version" => instrument.Version, _ => AnId };
    }

    private const string AnId = "0193547be2c07a1cb6a4d0f6a2b1c3d4";
    private const string AnotherId = "0193547c01f57d3a9c5e7f8091a2b3c4";

    /// <summary>Examples with questions that there are, and of results what the worked example comes to, cut to one of each.</summary>
    private static JsonNode? ExampleOf(Type? type, Instrument instrument, IServiceProvider services)
    {
        var (question, area, opened) = (instrument.Questions[0], instrument.Areas[0], new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        var asked = new InstrumentItem(instrument.Id, instrument.Version);
        var round = new RoundShape(AnotherId, AnId, 1, "2026-11.01", false, asked, "explore", opened, new(2026, 12, 18), null, [new(AnId, "Aldermere Borough Council", "in-progress", null, 1, new(AnotherId, true, null, null))]);
        var action = new ActionShape(
            AnotherId, "Agree with the unions what changes for staff", null, area.Key, question.Key, AnId, [new(AnId, "Aldermere Borough Council")], "Head of HR", new(2027, 1, 20), false, "doing", null, opened, opened.AddDays(3), new("moved", 2, 3, "round 2", true));
        var answer = new AnswerShape(question.Key, new("3"), "negotiable", "Told at the staff meeting of 3 November", "Minutes");
        object? example = type switch
        {
            _ when type == typeof(ProgrammeList) => new ProgrammeList([new(AnId, "Shared legal service")]),
            _ when type == typeof(ProgrammeShape) => new ProgrammeShape(AnId, "Shared legal service", "Litigation and advice", null, "explore", "partner", [new(AnotherId, "Aldermere Borough Council")]),
            _ when type == typeof(RoundList) => new RoundList([round]),
            _ when type == typeof(RoundShape) => round,
            _ when type == typeof(InstrumentList) => new InstrumentList([asked]),
            _ when type == typeof(InstrumentShape) => Documents.Shortened(InstrumentCalls.Of(instrument)),
            _ when type == typeof(AssessmentList) => new AssessmentList([new(AnotherId, "Aldermere Borough Council", opened, AnId, AnId)]),
            _ when type == typeof(AssessmentShape) => new AssessmentShape(AnotherId, "Aldermere Borough Council", asked, "explore", opened, null, 1, true, true, null, instrument.InScope("explore").Count(), 12),
            _ when type == typeof(NewAssessment) => new NewAssessment("Aldermere Borough Council", "explore", instrument.Roles[0].Key),
            _ when type == typeof(AnswerList) => new AnswerList([answer]),
            _ when type == typeof(AnswerShape) => answer,
            _ when type == typeof(NewAnswer) => new NewAnswer(answer.Answer, answer.Stance, answer.Note, answer.Evidence),
            _ when type == typeof(ActionList) => new ActionList([action]),
            _ when type == typeof(ActionShape) => action,
            _ when type == typeof(NewAction) => new NewAction(action.What, null, area.Key, [AnId], action.Person, "2027-01-20", "doing", null),
            _ when type == typeof(TableShape) => new TableShape([new RowShape(
                "Shared legal service", AnId, "2026-11.01", AnotherId, 1, false, opened, opened.AddDays(40), "explore", instrument.Id, instrument.Version, "Aldermere Borough Council", true, "everything", false, "question",
                area.Key, area.Name, area.Themes[0].Key, area.Themes[0].Name, question.Key, question.Text, "organisation", null, null, null, null, null, null, "3", 3, "negotiable", question.Gate, null, null, answer.Note, answer.Evidence)]),
            _ when type == typeof(ResultsShape) => Documents.Shortened(ResultsOf(services.GetRequiredService<WorkedExample>())),
            _ when type == typeof(string) => string.Join(',', FlatTable.Names),
            _ => null,
        };
        return example is null ? null : JsonSerializer.SerializeToNode(example, Documents.Form);
    }

    private static JsonNode ResultsOf(WorkedExample example)
    {
        using var bytes = new MemoryStream();
        ResultsJson.Write(bytes, ResultSet.Of(example.Assessments.Select(a => a.Assessment.Result), WorkedExample.Candidate));
        bytes.Position = 0;
        return JsonNode.Parse(bytes)!;
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What is wrong with a call (RFC 9457).",
        Required = new HashSet<string> { "status", "title" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Where the status is explained." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The status of the answer." },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What would be right." },
            ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "By the name of each field that is wrong, what would be right.", AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } } },
        },
    };

    private static OpenApiHeader Header(string holds) => new() { Description = holds, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema Text(string example) => new() { Type = JsonSchemaType.String, Examples = [JsonValue.Create(example)] };

    private static string Capital(string word) => string.Concat(word.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    [GeneratedRegex("Shape$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex("/(answers|actions)/{|/actions$")]
    private static partial Regex VersionedPath();
}
