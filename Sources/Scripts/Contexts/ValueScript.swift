public import JSON

/// A script that gives a value of a document: of a `script` query, a script field, a sort, an aggregation or a runtime field.
public final class ValueScript: Hashable, Sendable {
    /// What the script is for.
    public enum Purpose: Hashable, Sendable {
        /// Whether a document matches.
        case filter
        /// What is shown, sorted by or counted.
        case value
        /// The values of a runtime field.
        case field(EmittedType)
        /// The values of a part of a composite runtime field, of this name.
        case part(EmittedType, String)
    }

    let compiled: CompiledScript
    public let purpose: Purpose
    let columns: ColumnProgram?

    public var script: Script { compiled.script }

    public static func == (left: ValueScript, right: ValueScript) -> Bool {
        left.script == right.script && left.purpose == right.purpose
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(script) }

    /// - Parameter kind: how a field's values stand in columns; nil where they do not.
    /// - Throws: `ScriptError`.
    public init(
        _ script: Script, for purpose: Purpose = .value, kind: @escaping (String) -> ColumnKind? = { _ in nil }
    ) throws(ScriptError) {
        let context: SearchContext =
            switch purpose {
            case .filter: .filter
            case .value: .value
            case .field(let type): .emitting(type)
            case .part: .emittingParts
            }
        self.purpose = purpose
        compiled = try CompiledScript(script, context)
        columns = ColumnProgram(compiled, sites: [], kind: kind)
    }

    /// The columns of fields that `matches(_:)` and `numbers(_:)` need; nil for a script that is not computed of columns.
    public var columnInputs: [ColumnInput]? { columns?.inputs }

    /// Which of many documents pass; nil for a script that is not a condition on columns.
    ///
    /// - Returns: flags, and the documents that have none, by their places: the script is to be run for them.
    public func matches(_ inputs: ColumnInputs) -> (flags: [Bool], invalid: [Int])? {
        guard let columns, case .condition = columns.root else { return nil }
        let output = columns.decimals(inputs)
        return (output.values.map { $0 != 0 }, output.invalid)
    }

    /// A number for each of many documents; nil for a script that is not arithmetic of columns.
    ///
    /// - Returns: numbers, and the documents that have none, by their places: the script is to be run for them.
    public func numbers(_ inputs: ColumnInputs) -> (numbers: ColumnValues.Numbers, invalid: [Int])? {
        guard let columns else { return nil }
        switch columns.root {
        case .condition: return nil
        case .long: return columns.longs(inputs).map { (.longs($0.values), $0.invalid) }
        case .decimal:
            let output = columns.decimals(inputs)
            return (.doubles(output.values), output.invalid)
        }
    }

    /// What runs it for single documents; each thread needs one of its own.
    public func makeRunner() -> Runner { Runner(self) }

    /// Runs the script for single documents. Not to be shared.
    public final class Runner {
        private let runner: DocumentRunner
        private let purpose: Purpose

        fileprivate init(_ script: ValueScript) {
            runner = DocumentRunner(script.compiled)
            purpose = script.purpose
        }

        /// The value for a document, as JSON.
        ///
        /// - Parameter score: the query's, where there is one.
        /// - Throws: `ScriptError`.
        public func value(_ document: any DocumentValues, score: Float? = nil) throws(ScriptError) -> JSONValue {
            try runner.run(document, score: score.map { Double($0) }) { (value, run) throws(ScriptFault) in try value.json(run.budget) }
        }

        /// Whether a document passes.
        ///
        /// - Throws: `ScriptError`, also for a value that is no boolean.
        public func matches(_ document: any DocumentValues) throws(ScriptError) -> Bool {
            try runner.run(document) { (value, _) throws(ScriptFault) in
                switch value {
                case .bool(let matches): return matches
                case .null: throw .nullReference(nil)
                // Of a Lucene expression.
                case .double(let number): return number != 0
                default: throw .cannotCast(from: value.typeName, to: "boolean")
                }
            }
        }

        /// The number for a document.
        ///
        /// - Throws: `ScriptError`, also for a value that is none.
        public func number(_ document: any DocumentValues, score: Float? = nil) throws(ScriptError) -> Double {
            try runner.run(document, score: score.map { Double($0) }) { (value, _) throws(ScriptFault) in
                guard value.numericType != nil else {
                    if value.isNull { throw .nullReference(nil) }
                    throw .cannotCast(from: value.typeName, to: "double")
                }
                return value.double
            }
        }

        /// The values that the script emits, or gives: one, several in a list, or none.
        ///
        /// - Parameter given: `_value`, where a field's values are changed.
        /// - Throws: `ScriptError`.
        public func values(
            _ document: any DocumentValues, score: Float? = nil, given: EmittedValue? = nil
        ) throws(ScriptError) -> [EmittedValue] {
            if let given { runner.environment.globals["_value"] = ScriptValue(given) }
            return try runner.run(document, score: score.map { Double($0) }) { (value, run) throws(ScriptFault) in
                var values: [EmittedValue] = []
                if case .part(let type, let name) = purpose {
                    for case .map(let map) in runner.environment.emitted {
                        guard let value = map[name], !value.isNull else { continue }
                        var elements = [value]
                        if case .list(let list) = value { elements = list.elements }
                        for element in elements { values.append(try EmittedValue(element, type)) }
                    }
                } else if case .field(let type) = purpose {
                    for value in runner.environment.emitted { values.append(try EmittedValue(value, type)) }
                } else {
                    var elements = [value]
                    if case .list(let list) = value { elements = list.elements }
                    if case .object(let object) = value, let list = try object.elements(run) { elements = list }
                    for element in elements where !element.isNull { values.append(try EmittedValue(element, run)) }
                }
                return values
            }
        }

        /// The value as Java writes it, for a script that is only tried.
        ///
        /// - Throws: `ScriptError`.
        public func text(_ document: any DocumentValues = NoDocumentValues()) throws(ScriptError) -> String {
            try runner.run(document) { (value, run) throws(ScriptFault) in try value.text(run.budget) }
        }
    }
}

extension EmittedValue {
    /// What a runtime field's script emits, cast as Painless casts an argument.
    init(_ value: ScriptValue, _ type: EmittedType) throws(ScriptFault) {
        switch (type, value) {
        case (.long, .int), (.long, .long), (.long, .char): self = .long(value.long)
        case (.double, _) where value.numericType != nil: self = .double(value.double)
        case (.boolean, .bool(let flag)): self = .boolean(flag)
        case (.string, .string(let text)): self = .string(text)
        case (.point, .object(let point as PointObject)): self = .point(latitude: point.latitude, longitude: point.longitude)
        default:
            if value.isNull { throw .nullReference(nil) }
            throw .cannotCast(from: value.typeName, to: type.javaName)
        }
    }

    /// Whatever a script gives, for what takes all kinds.
    init(_ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) {
        switch value {
        case .bool(let flag): self = .boolean(flag)
        case .int, .long: self = .long(value.long)
        case .float, .double: self = .double(value.double)
        case .object(let date as DateObject): self = .long(date.milliseconds)
        case .object(let point as PointObject): self = .point(latitude: point.latitude, longitude: point.longitude)
        case .list, .map:
            if value.containsItself { throw .selfReferencing }
            self = .string(try value.text(run.budget))
        case .null, .char, .string, .object: self = .string(try value.text(run.budget))
        }
    }
}

extension EmittedType {
    fileprivate var javaName: String {
        switch self {
        case .long: "long"
        case .double: "double"
        case .boolean: "boolean"
        case .string: "java.lang.String"
        case .point: "org.elasticsearch.common.geo.GeoPoint"
        }
    }
}

extension ScriptValue {
    fileprivate init(_ value: EmittedValue) {
        self =
            switch value {
            case .long(let value): .long(value)
            case .double(let value): .double(value)
            case .boolean(let value): .bool(value)
            case .string(let value): .string(value)
            case .point(let latitude, let longitude): .object(PointObject(latitude: latitude, longitude: longitude))
            }
    }
}
