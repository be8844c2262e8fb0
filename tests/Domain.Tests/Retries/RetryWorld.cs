using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Retries;

/// <summary>One retry's stream, three processes that believe they run it, and an app that counts what it gets.</summary>
internal sealed class RetryWorld
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly List<IFact> _stream = [];
    private readonly Runner?[] _runners = new Runner?[3];

    public RetryWorld(int items) => Append([new RetryItemsListed(Noon, 0, [.. Enumerable.Range(0, items).Select(item => $"{item}")], ["order"], [.. Enumerable.Repeat(0, items)])]);

    /// <summary>What the app received, and how often.</summary>
    public Dictionary<int, int> Sent { get; } = [];

    /// <summary>By the facts alone; a move that is none of the rules' throws.</summary>
    public Dictionary<int, string> States { get; } = [];

    public void Do(Deed deed)
    {
        switch (deed.Kind)
        {
            case DeedKind.Begin: Begin(deed.Runner); break;
            case DeedKind.Step: _runners[deed.Runner]?.Step(this, deed.Room); break;
            case DeedKind.Answer: _runners[deed.Runner]?.Answer(this, deed.Outcome); break;
            case DeedKind.Crash: _runners[deed.Runner] = null; break;
            case DeedKind.LoseClaims: _runners[deed.Runner]?.LoseClaims(); break;
            case DeedKind.Cancel: Append([new RetryStopped(Noon, RetryStopCause.Cancelled)]); break;
            case DeedKind.Continue: Append([new RetryResumed(Noon)]); break;
        }
    }

    public void SeeToItsEnd()
    {
        for (var turn = 0; !Begin(0).State.IsFinished; turn++)
        {
            if (turn > 1_000) throw new InvalidOperationException("It does not end.");
            Append([new RetryResumed(Noon)]);
            for (var step = 0; step < 10; step++)
            {
                _runners[0]!.Step(this, room: 8);
                while (_runners[0]!.Answer(this, RetryOutcome.Accepted))
                {
                }
            }
        }
    }

    private Runner Begin(int number)
    {
        var runner = _runners[number] = new Runner();
        runner.Append(this, state => state.Take(runner.Run, Noon));
        return runner;
    }

    private void Append(IEnumerable<IFact> facts)
    {
        foreach (var fact in facts)
        {
            _stream.Add(fact);
            Follow(fact);
        }
    }

    private void Follow(IFact fact)
    {
        switch (fact)
        {
            case RetryItemsListed listed: foreach (var item in Enumerable.Range(0, listed.EventIds.Count)) States[item] = "requested"; break;
            case RetryTaken: MoveAll("sending", "unconfirmed"); break;
            case RetrySending sending: foreach (var item in sending.Items) Move(item, "requested", "sending"); break;
            case RetryAnswered answered: foreach (var answer in answered.Answers) Move(answer.Item, "sending", StateOf(answer.Outcome)); break;
            case RetryFinished: MoveAll("requested", "cancelled"); break;
        }
    }

    private static string StateOf(RetryOutcome outcome) => outcome is RetryOutcome.Accepted or RetryOutcome.Refused or RetryOutcome.Unconfirmed ? outcome.ToString().ToLowerInvariant() : "requested";

    private void Move(int item, string from, string to)
    {
        if (States[item] != from) throw new InvalidOperationException($"Item {item} is {States[item]}, not {from}, and can't become {to}.");
        States[item] = to;
    }

    private void MoveAll(string from, string to)
    {
        foreach (var (item, state) in States.ToList())
        {
            if (state == from) States[item] = to;
        }
    }

    /// <summary>A process; what it knows may be long out of date.</summary>
    private sealed class Runner
    {
        private readonly HashSet<int> _underWay = [];
        private readonly List<RetryAnswer> _answers = [];
        private int _read;

        public Guid Run { get; } = Guid.NewGuid();

        public RetryJob State { get; private set; } = RetryJob.Initial;

        public void Step(RetryWorld world, int room)
        {
            var answers = _answers.ToList();
            _answers.Clear();
            var facts = Append(world, state => state.Step(Run, [.. answers, .. Lost(state)], room, TimeSpan.FromHours(1), Noon));
            _underWay.UnionWith(facts.OfType<RetrySending>().SelectMany(sending => sending.Items));
        }

        /// <summary>The request of one that is under way goes out now, and is answered, unless it never could go out.</summary>
        public bool Answer(RetryWorld world, RetryOutcome outcome)
        {
            if (_underWay.Count == 0) return false;
            var item = _underWay.Min();
            _underWay.Remove(item);
            if (outcome is RetryOutcome.Accepted or RetryOutcome.Refused or RetryOutcome.Unconfirmed) world.Sent[item] = world.Sent.GetValueOrDefault(item) + 1;
            _answers.Add(new RetryAnswer(item, outcome));
            return true;
        }

        /// <summary>An append was written, and seemed to have failed.</summary>
        public void LoseClaims() => _underWay.Clear();

        public IReadOnlyCollection<IFact> Append(RetryWorld world, Func<RetryJob, IReadOnlyCollection<IFact>> decide)
        {
            var facts = decide(State);
            while (facts.Count > 0 && _read < world._stream.Count)
            {
                State = world._stream.Skip(_read).Aggregate(State, RetryJob.Evolve);
                _read = world._stream.Count;
                facts = decide(State);
            }

            world.Append(facts);
            State = facts.Aggregate(State, RetryJob.Evolve);
            _read += facts.Count;
            return facts;
        }

        private IEnumerable<RetryAnswer> Lost(RetryJob state) =>
            state.Run == Run ? state.Sending.Where(item => !_underWay.Contains(item)).Select(item => new RetryAnswer(item, RetryOutcome.Unsent)) : [];
    }
}
