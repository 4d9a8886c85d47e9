namespace Rasp.Bench.Cases;

/// <summary>A whole journey, as a browser without script makes it: open a question, send its form, follow to the next, and the overview at the end.</summary>
internal static class JourneyCase
{
    /// <summary>Code is compiled anew while it runs, for some twenty thousand requests: before that is over, the compiler is most of what is measured.</summary>
    private const int RoundsBefore = 24;

    public static async Task RunAsync(Bench bench)
    {
        var (effort, data) = (bench.Effort, bench.NewFolder());
        var started = await Started.InAsync(data, (RoundsBefore + effort.Rounds) * effort.Journeys);
        await using var rasp = await bench.StartProgramAsync(data);
        var assessments = new Queue<(string, string)>(started.Assessments);
        var (cpu, requests) = (new List<double>(), 0);
        for (var round = -RoundsBefore; round < effort.Rounds; round++)
        {
            var before = rasp.ProcessorTime;
            requests = 0;
            for (var i = 0; i < effort.Journeys; i++) requests += await TravelAsync(rasp, assessments.Dequeue(), started, effort.JourneyQuestions);
            if (round >= 0) cpu.Add((rasp.ProcessorTime - before).TotalMilliseconds / effort.Journeys);
        }
        bench.Report.Add("journey", $"processor time of the server for {effort.JourneyQuestions} questions, {requests / effort.Journeys} requests", Unit.Milliseconds, cpu, Aim.Below(60));
    }

    private static async Task<int> TravelAsync(ServerProcess rasp, (string Reference, string Secret) assessment, Started started, int questions)
    {
        var visitor = await Visitor.ArriveAsync(rasp.Address, assessment, started.Questions[0]);
        var (path, requests) = (Links.Question(assessment.Reference, started.Questions[0]), 2);
        for (var i = 0; i < questions; i++)
        {
            path = await visitor.AnswerAsync(await visitor.OpenAsync(path));
            requests += 2;
        }
        await visitor.OpenAsync(Links.Assessment(assessment.Reference));
        return requests + 1;
    }
}
