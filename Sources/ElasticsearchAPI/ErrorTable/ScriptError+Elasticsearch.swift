internal import JSON
internal import Scripts

extension ElasticsearchError {
    /// A script that cannot be compiled, or fails outside of a search.
    init(_ error: ScriptError) {
        self.init(status: 400, error.cause)
    }
}

extension ScriptError {
    /// `script_exception` with the place in the script, around what is wrong there.
    var cause: ErrorCause {
        // Found when the script is through, so nothing in it is to blame.
        if fault == .selfReferencing { return ErrorCause(fault.elasticsearchType, fault.reason) }
        let position: JSONValue = [
            "offset": .int(offset), "start": .int(excerpt.lowerBound), "end": .int(excerpt.upperBound),
        ]
        return ErrorCause(
            "script_exception", phase == .compiling ? "compile error" : "runtime error",
            extra: [
                "script_stack": .array(stack.map { .string($0) }), "script": .string(source), "lang": .string(language),
                "position": position,
            ], causedBy: ErrorCause(fault.elasticsearchType, fault.reason))
    }
}

extension ScriptFault {
    /// The name of Java's exception, as Elasticsearch writes it.
    var elasticsearchType: String {
        switch self {
        case .unexpectedToken, .unexpectedCharacter, .unknownSymbol, .unknownType, .unknownCall, .duplicateVariable, .badNumber,
            .notAssignable, .tooComplex, .unknownMethod, .unknownField, .unmappedField, .fieldWithoutDocValues, .missingVector,
            .notAVector, .vectorDimensions, .unsupportedVectorFunction, .negativeScore, .unusableValue, .badPattern,
            .tooManyEmitted, .uselessLoop, .selfReferencing:
            "illegal_argument_exception"
        case .nullReference: "null_pointer_exception"
        case .cannotCast, .cannotApply: "class_cast_exception"
        case .divisionByZero: "arithmetic_exception"
        case .indexOutOfBounds: "index_out_of_bounds_exception"
        case .stringIndexOutOfBounds: "string_index_out_of_bounds_exception"
        case .numberFormat: "number_format_exception"
        case .dateFormat: "date_time_parse_exception"
        case .unsupportedOperation: "unsupported_operation_exception"
        case .noSuchElement: "no_such_element_exception"
        case .concurrentModification: "concurrent_modification_exception"
        case .thrown(let type, _): Self.snakeCase(type)
        case .tooMuchWork, .callsTooDeep, .tooMuchMemory: "painless_error"
        case .patternTooSlow: "circuit_breaking_exception"
        case .missingValue: "illegal_state_exception"
        }
    }

    /// `IllegalArgumentException` is `illegal_argument_exception`.
    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { result, letter in
            if letter.isUppercase, !result.isEmpty { result += "_" }
            result += letter.lowercased()
        }
    }

    /// Elasticsearch's words.
    var reason: String? {
        switch self {
        case .unexpectedToken(let text?): "invalid sequence of tokens near ['\(text)']."
        case .unexpectedToken(nil): "unexpected end of script."
        case .unexpectedCharacter(let text): "unexpected character [\(text)]."
        case .unknownSymbol(let name): "cannot resolve symbol [\(name)]"
        case .unknownType(let name): "cannot resolve type [\(name)]"
        case .unknownCall(let name, let count): "Unknown call [\(name)] with [\(count)] arguments."
        case .duplicateVariable(let name): "variable [\(name)] is already defined"
        case .badNumber(let text, let type):
            "Invalid \(type) constant [\(text)]." + (type == "int" ? " If you want a long constant then change it to [\(text)L]." : "")
        case .notAssignable: "cannot assign a value to a non-left-hand side expression"
        case .tooComplex: "exceeded max allowed size or nesting of a script"
        case .badPattern(let pattern): "invalid regular expression: [\(pattern)]"
        case .nullReference(let name?): "cannot access method/field [\(name)] from a null def reference"
        case .nullReference(nil): nil
        case .unknownMethod(let type, let name, let count): "dynamic method [\(type), \(name)/\(count)] not found"
        case .unknownField(let type, let name): "dynamic getter [\(type), \(name)] not found"
        case .cannotCast(let from, let to): "Cannot cast from [\(from)] to [\(to)]."
        case .cannotApply(let operation, let left, let right?):
            "Cannot apply [\(operation)] operation to types [\(left)] and [\(right)]."
        case .cannotApply(let operation, let left, nil): "Cannot apply [\(operation)] operation to type [\(left)]."
        case .divisionByZero: "/ by zero"
        case .indexOutOfBounds(let index, let count): "Index \(index) out of bounds for length \(count)"
        case .stringIndexOutOfBounds(let begin, let end, let count): "begin \(begin), end \(end), length \(count)"
        case .numberFormat(let text): "For input string: \"\(text)\""
        case .dateFormat(let text): "Text '\(text)' could not be parsed at index 0"
        case .unsupportedOperation, .noSuchElement, .concurrentModification: nil
        case .thrown(_, let message): message
        case .tooMuchWork: "The maximum number of statements that can be executed in a loop has been reached."
        case .tooMuchMemory: "The memory that a script may use has been used up."
        case .callsTooDeep: "The script's calls or values are nested too deeply."
        case .selfReferencing: "Iterable object is self-referencing itself"
        case .patternTooSlow:
            "[scripting] Regular expression considered too many characters, this limit can be changed by changed by the "
                + "[script.painless.regex.limit-factor] setting"
        case .unmappedField(let field): "No field found for [\(field)] in mapping"
        case .fieldWithoutDocValues(let field, "text"):
            "Fielddata is disabled on [\(field)]. Text fields are not optimised for operations that require per-document field data "
                + "like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. "
                + "Alternatively, set fielddata=true on [\(field)] in order to load field data by uninverting the inverted index. Note "
                + "that this can use significant memory."
        case .fieldWithoutDocValues(let field, let type): 
            "Can't load fielddata on [\(field)] because fielddata is unsupported on fields of type [\(type)]. Use doc values instead."
        case .missingValue:
            "A document doesn't have a value for a field! Use doc[<field>].size()==0 to check if a document is missing a field!"
        case .missingVector: "A document doesn't have a value for a vector field!"
        case .notAVector(let field): "Field [\(field)] is not a vector field"
        case .vectorDimensions(let actual, let expected):
            "The query vector has a different number of dimensions [\(actual)] than the document vectors [\(expected)]."
        case .unsupportedVectorFunction(let function, let type): "[\(function)] is not supported for [\(type)] vectors"
        case .negativeScore(let score, let document):
            "script_score script returned an invalid score [\(score)] for doc [\(document)]. Must be a non-negative score!"
        case .uselessLoop(let reason): reason
        case .tooManyEmitted(let count, let limit):
            "Runtime field script is emitting [\(count)] values while the maximum number of values allowed is [\(limit)]"
        case .unusableValue(let value): "Unsupported value [\(value)]"
        }
    }
}
