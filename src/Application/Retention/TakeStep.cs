using EventEngine.Application.EventStore;
using MediatR;

namespace EventEngine.Application.Retention;

/// <summary>Does one thing that is due; repeated, or done by two processes at once, it is done once.</summary>
public sealed record TakeStep(RetentionStep Step) : IRequest<DayOutcome>
{
    internal sealed class Handler(IMediator mediator) : IRequestHandler<TakeStep, DayOutcome>
    {
        public async Task<DayOutcome> Handle(TakeStep command, CancellationToken ct)
        {
            try
            {
                return command.Step.Action == RetentionAction.Close
                    ? await mediator.Send(new CloseDay(command.Step.App, command.Step.Day), ct)
                    : await DeleteAsync(command.Step, ct);
            }
            catch (WrongRevisionException)
            {
                return DayOutcome.WasDone; // or is being done, by another process
            }
        }

        private async Task<DayOutcome> DeleteAsync(RetentionStep step, CancellationToken ct)
        {
            var delete = new DeleteDay(step.Organization, step.App, step.Day);
            var outcome = await mediator.Send(delete, ct);
            if (outcome != DayOutcome.Changed) return outcome;
            await mediator.Send(new CloseDay(step.App, step.Day, Again: true), ct);
            await mediator.Send(new CloseDay(step.App, step.Day.AddDays(1), Again: true), ct);
            return await mediator.Send(delete, ct);
        }
    }
}
