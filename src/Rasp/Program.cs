using System.CommandLine;
using Rasp.Verbs;

// A verb is read before anything of the web is built: `rasp check` starts in no time and needs no database.
var root = new RootCommand("RASP, the Readiness Assessment for a Shared service Programme. Without a verb it serves the web application.");
root.Add(ServeVerb.Command());
root.Add(CheckVerb.Command());
root.Add(ScoreVerb.Command());
root.Add(TemplateVerb.Command());
root.Add(VerifyVerb.Command());
root.Add(MigrateVerb.Command());
root.Add(InviteAdministratorVerb.Command());
root.Add(VerifyTrailVerb.Command());
root.Add(RetireKeyVerb.Command());
ServeVerb.MakeDefaultOf(root);

// Without this, @name would be a file of arguments: an organisation may be called so.
var call = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (call.Errors.Count > 0)
{
    foreach (var error in call.Errors) Console.Error.WriteLine($"rasp: {error.Message}");
    Console.Error.WriteLine($"rasp: see rasp {(call.CommandResult.Command == root ? "" : call.CommandResult.Command.Name + " ")}--help");
    return Exit.CallAtFault;
}
try
{
    return await call.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (CallFaultException fault)
{
    Console.Error.WriteLine($"rasp: {fault.Message}");
    return Exit.CallAtFault;
}
catch (IOException closed)
{
    Console.Error.WriteLine($"rasp: what was to be written could not be: {closed.Message}");
    return Exit.CallAtFault;
}
catch (Exception bug) when (bug is not OperationCanceledException)
{
    Console.Error.WriteLine($"rasp: this should not happen; please report it with what follows.{Environment.NewLine}{bug}");
    return Exit.Bug;
}
