using EventEngine.Application.Shared;
using EventEngine.Infrastructure.AccessTokens;
using EventEngine.Infrastructure.Apps;
using EventEngine.Infrastructure.Callbacks;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Ingestion;
using EventEngine.Infrastructure.Mail;
using EventEngine.Infrastructure.Organizations;
using EventEngine.Infrastructure.People;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Infrastructure.Retries;
using EventEngine.Projections.Runtime;
using EventEngine.Web.Api;
using EventEngine.Web.Apps;
using EventEngine.Web.Billing;
using EventEngine.Web.Bootstrap;
using EventEngine.Web.Demo;
using EventEngine.Web.Ingestion;
using EventEngine.Web.Live;
using EventEngine.Web.Mail;
using EventEngine.Web.Operations;
using EventEngine.Web.Pages;
using EventEngine.Web.People;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaultAddress();

// Foundations
builder.Services.AddEventEngineOptions(builder.Configuration);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddOperations();
builder.Services.AddPostgres();
builder.Services.AddEventStore();
builder.Services.AddApplication();

// Features
builder.Services.AddOrganizations();
builder.Services.AddApps();
builder.Services.AddCallbacks();
builder.Services.AddRetries();
builder.Services.AddPeople();
builder.Services.AddAccessTokens();
builder.Services.AddMail();
builder.Services.AddPipeline();
builder.Services.AddProjections();
builder.Services.AddIngestion();
builder.Services.AddBilling();
builder.Services.AddAppEraser();

// Interfaces: ingest, query API, pages, live
builder.Services.AddIngestApi();
builder.Services.AddApi();
builder.Services.AddPages();
builder.Services.AddGitHub(builder.Configuration);
builder.Services.AddLive();
builder.Services.AddMailDelivery();

// Last, when everything that they use has started
builder.Services.AddHostedService<BootstrapService>();
builder.Services.AddDemo(builder.Configuration);

var app = builder.Build();
if (!await app.Services.TryStartPostgresAsync()) return 1; // before anything asks for the database

// Middleware, outermost first
app.UseOperations();
app.UseApiErrors();
app.UsePages();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();

// Endpoints
app.MapOperations();
app.MapIngestApi();
app.MapApi();
app.MapPages();
app.MapLive();
app.MapDemo();

return await app.RunUntilStoppedAsync();

public partial class Program;
