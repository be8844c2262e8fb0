using EventEngine.Application.Shared;
using EventEngine.Web.Operations;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<EventEngineOptions>(builder.Configuration.GetSection(EventEngineOptions.Section));
builder.Services.AddSingleton(TimeProvider.System);
builder.AddDefaultAddress();

// Foundations
builder.AddOperations();

// Features

// Interfaces: ingest, query API, pages, live

var app = builder.Build();

// Middleware, outermost first
app.UseOperations();

// Endpoints
app.MapOperations();

await app.RunAsync();

public partial class Program;
