internal import JSON
public import Scripts

/// What is wrong with a pipeline's definition, or went wrong in a document's way through it.
public enum IngestFault: Error, Sendable {
    // Definitions.
    /// A processor of an unknown type.
    case unknownProcessor(String, tag: String?)
    /// An object of the list has more than one name of a processor.
    case severalProcessorsInOne
    /// `[property] required property is missing`
    case missingProperty(String, processor: String?, tag: String?)
    /// `[property] property isn't a [string], but of type [x]`
    case wrongProperty(String, expected: String, actual: String, processor: String?, tag: String?)
    /// A property whose value is not one of those that it may have.
    case badProperty(String, reason: PropertyProblem, processor: String, tag: String?)
    case unknownParameters([String], processor: String?)
    case notAProcessor
    case emptyOnFailure(processor: String, tag: String?)
    case emptyOnFailureOfPipeline(String)
    case script(ScriptError)
    case unknownPipeline(String)
    case unknownPipelines(pattern: String)
    /// `_simulate` without `docs`, and the like.
    case badSimulation(String)

    // Documents.
    case noSuchField(String, path: String)
    case noObject(String, type: String, path: String)
    case noIndex(String, path: String)
    case indexOutOfBounds(Int, count: Int, path: String)
    case nullParent(String, path: String)
    case emptyPath
    case fieldIsNull(String, action: String)
    case wrongType(String, actual: String, expected: String)
    case fieldMissing(String)
    case fieldExists(String)
    case cannotConvert(String, to: String)
    case unparsableDate([String])
    case notJSON(String)
    /// A value that is no object, where one is to be added to the root.
    case notJSONObject
    case duplicateKey(String)
    case noSeparator(field: String, text: String, separator: String)
    case noGrokMatch
    case noDissectMatch(pattern: String, text: String)
    case patternTooSlow
    /// A line of separated values that cannot be read.
    case badCSV(String)
    case fail(String)
    case cycle(String)
    case missingPipeline(String)
    /// A document that contains itself.
    case unwritableDocument(pipeline: String)
    /// A document that was sent on to an index where it has been.
    case rerouteCycle([String], to: String, pipeline: String)
    /// The name of an index that is none of a data stream, where one must be made from it.
    case badDataStreamName(String)
    case inference(any Error)
    case badMetadata(String, String)
    /// The pipelines of a document called each other too often, or gave it too much.
    case tooMuch

    /// What makes a property's value unusable.
    public enum PropertyProblem: Equatable, Sendable {
        case notOneOf(String, [String])
        case badPattern(String)
        case exclusive(String)
        case notSupported(String)
        case notSingleCharacter(String)
        case unknownSortDirection(String)
    }
}
