internal import JSON
internal import Mapping

extension ElasticsearchError {
    /// What is wrong with an endpoint's `chunking_settings`.
    init(_ fault: ChunkingFault) {
        switch fault {
        case .noStrategy, .unknownStrategy: self = .illegalArgument(fault.reason)
        case .invalid: self.init(status: 400, "validation_exception", fault.reason)
        }
    }
}

extension ChunkingFault {
    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .noStrategy: "Can't generate Chunker without ChunkingStrategy provided"
        case .unknownStrategy(let name): "Invalid chunkingStrategy \(name.javaText)"
        case .invalid(let problems): SettingsCheck.failure(problems.map(\.reason))
        }
    }
}

extension ChunkingFault.Problem {
    private static let scope = "chunking_settings"

    fileprivate var reason: String {
        switch self {
        case .unknownSettings(let names, let strategy):
            "\(strategy.title) chunking settings can not have the following settings: [\(names.joined(separator: ", "))]"
        case .missing(let name): "[\(Self.scope)] does not contain the required setting [\(name)]"
        case .notWhole(let name, let value): SettingsCheck.notWhole(name, value)
        case .outOfRange(let name, let value, let allowed): SettingsCheck.outOfRange(name, value, allowed, scope: Self.scope)
        case .sentenceOverlap(let value): "sentence_overlap[\(value)] must be either 0 or 1"
        case .separatorsTwice: "Recursive chunking settings can not have both separators and separator_group"
        case .unknownSeparatorGroup(let value):
            "[\(Self.scope)] Invalid value [\(value.javaText)] received. [separator_group] must be one of [markdown, plaintext]"
        case .noSeparators: "Recursive chunking settings can not have an empty list of separators"
        case .unsupportedSeparator(let separator, let reason): "[\(Self.scope)] separator [\(separator)]: \(reason)"
        case .malformedSeparators: "field [separators] is not of the expected type. The value cannot be converted to a list of strings"
        }
    }
}

extension ChunkingSettings.Strategy {
    fileprivate var title: String {
        switch self {
        case .word: "Word based"
        case .sentence: "Sentence based"
        case .recursive: "Recursive"
        case .none: "None"
        }
    }
}
