using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Apps;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Ingestion;
using EventEngine.Infrastructure.People;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime;
using EventEngine.Web.Api;
using EventEngine.Web.Bootstrap;
using EventEngine.Web.Demo;
using EventEngine.Web.Ingestion;
using EventEngine.Web.Live;
using EventEngine.Web.Operations;
using EventEngine.Web.Pages;

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
builder.Services.AddApps();
builder.Services.AddPeople();
builder.Services.AddProjections();
builder.Services.AddIngestion();

// Interfaces: ingest, query API, pages, live
builder.Services.AddIngestApi();
builder.Services.AddApi();
builder.Services.AddPages();
builder.Services.AddLive();

// Last, when everything that they use has started
builder.Services.AddHostedService<BootstrapService>();
builder.Services.AddDemo(builder.Configuration);

var app = builder.Build();
await app.Services.StartPostgresAsync(); // before anything asks for the database

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

await app.RunAsync();

public partial class Program;
