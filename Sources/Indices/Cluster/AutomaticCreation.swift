internal import Mapping

/// Which indices come into being by the first document written to them: `action.auto_create_index`.
struct AutomaticCreation {
    let text: String

    /// - Throws: `IndicesError.automaticCreationRefused`.
    func check(_ name: String) throws(IndicesError) {
        switch text {
        case "true": return
        case "false": throw .automaticCreationRefused(name, setting: text, isPattern: false)
        default: break
        }
        for part in text.split(separator: ",") {
            let isRefused = part.hasPrefix("-")
            let pattern = part.hasPrefix("-") || part.hasPrefix("+") ? part.dropFirst() : part
            guard WildcardPattern(String(pattern)).matches(name) else { continue }
            if isRefused { throw .automaticCreationRefused(name, setting: text, isPattern: true) }
            return
        }
        throw .automaticCreationRefused(name, setting: text, isPattern: true)
    }
}
