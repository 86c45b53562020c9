/// The kinds of script that a search runs for documents, with what each sees.
enum SearchContext: Sendable {
    case score
    /// Of a `script` query, and what a `terms_set` query asks for.
    case filter
    /// Of `script_fields`, and of values that are computed for a sort or an aggregation.
    case value
    /// Of a runtime field, which emits its values.
    case emitting(EmittedType)
    /// Of a composite runtime field, which emits maps, or names and values.
    case emittingParts
    /// Of a `scripted_metric`.
    case metric

    func surroundings(_ language: ScriptLanguage, _ parameters: ScriptParameters) -> ScriptSurroundings {
        var globals: Set = ["params", "doc"]
        var functions: [String: ClosedRange<Int>] = ["field": 1...1, "$": 2...2]
        switch self {
        case .score:
            globals.insert("_score")
            functions.merge(VectorScriptFunction.allCases.map { ($0.rawValue, 2...2) }) { $1 }
            functions.merge(ScoreFunction.painless) { $1 }
            functions["randomScore"] = 1...2
        case .filter: break
        case .value: globals.formUnion(["_score", "_value"])
        case .emitting(let type):
            functions["emit"] = type == .point ? 1...2 : 1...1
            if type == .long { functions["parse"] = 1...1 }
        case .emittingParts: functions["emit"] = 1...2
        case .metric: globals.formUnion(["_score", "state", "states"])
        }
        if language == .expression {
            functions.merge(ScoreFunction.expression) { $1 }
            globals.insert("_value")
            globals.formUnion(parameters.members.map(\.name))
        }
        return ScriptSurroundings(globals: globals, functions: functions)
    }
}

/// What a runtime field's script emits.
public enum EmittedType: Hashable, Sendable {
    case long, double, boolean, string, point
}

/// A value that a script gave for a document.
public enum EmittedValue: Equatable, Sendable {
    case long(Int64)
    case double(Double)
    case boolean(Bool)
    case string(String)
    case point(latitude: Double, longitude: Double)
}
