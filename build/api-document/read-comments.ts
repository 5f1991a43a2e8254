import path from "node:path";
import ts from "typescript";

/**
 * The doc comments of schemas and of their properties, by path: "Device" or "Device.metrics.cpu". Read are the schemas that the modules
 * imported by `file` as namespaces export. A property keeps its comment where another schema extends its schema.
 */
export function readComments(root: string, file: string): Map<string, string> {
  const program = ts.createProgram([file], compilerOptions(root));
  const checker = program.getTypeChecker();
  const comments = new Map<string, string>();
  for (const schema of importedNamespaces(program, checker, file)) {
    const output = outputOf(schema, checker);
    if (!output) continue;
    keep(schema.name, schema);
    visit(schema.name, output);
  }
  return comments;

  function visit(at: string, type: ts.Type): void {
    if (type.isUnionOrIntersection() && !(type.flags & ts.TypeFlags.Intersection)) {
      for (const part of type.types) visit(at, part);
      return;
    }
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return;
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    const value = element ?? checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (value) visit(at, value);
    if (element) return;
    for (const property of type.getProperties()) {
      // The keys of a record are written nowhere: its values are described at the path of the record.
      const inner = property.declarations ? `${at}.${property.name}` : at;
      keep(inner, property);
      visit(inner, checker.getTypeOfSymbol(property));
    }
  }

  function keep(at: string, symbol: ts.Symbol): void {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
    if (text !== "" && !comments.has(at)) comments.set(at, asParagraphs(text));
  }
}

function compilerOptions(root: string): ts.CompilerOptions {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic({ messageText }: ts.Diagnostic) {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path.join(root, "shared", "tsconfig.json"), {}, host);
  return parsed?.options ?? {};
}

function importedNamespaces(program: ts.Program, checker: ts.TypeChecker, file: string): ts.Symbol[] {
  const statements = program.getSourceFile(file)?.statements ?? [];
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamespaceImport(bindings)) return [];
    const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
    return module ? checker.getExportsOfModule(module).map((symbol) => originOf(symbol, checker)) : [];
  });
}

function originOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The type of what a schema parses; undefined for what is no schema. */
function outputOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Type | undefined {
  if (!(symbol.flags & ts.SymbolFlags.Variable)) return undefined;
  const internals = checker.getTypeOfSymbol(symbol).getProperty("_zod");
  const output = internals && checker.getTypeOfSymbol(internals).getProperty("output");
  return output && checker.getTypeOfSymbol(output);
}

/** Lines of one paragraph are joined: where a comment breaks its lines means nothing. Lists, drawings and code keep their lines. */
function asParagraphs(text: string): string {
  const isProse = (part: string) => !/^(```|\s*[-*|+])/m.test(part);
  return text
    .split("\n\n")
    .map((part) => (isProse(part) ? part.replaceAll("\n", " ") : part))
    .join("\n\n");
}
