@testable import Analysis

/// A token as tests write it down.
func line(_ token: Token) -> String {
    var text = "\(token.term) \(token.startOffset)-\(token.endOffset)@\(token.position)"
    if token.positionLength != 1 { text += "+\(token.positionLength)" }
    return text
}

extension TokenStream {
    var terms: [String] { tokens.map(\.term) }
    var lines: [String] { tokens.map(line) }
}

/// An analyzer of components without an index.
func analyzer(
    _ tokenizer: ComponentReference?, _ filters: [ComponentReference] = [], charFilters: [ComponentReference] = []
) throws -> Analyzer {
    try AnalysisRegistry.standard.analyzer(tokenizer: tokenizer, charFilters: charFilters, filters: filters, isGlobal: true)
}

/// A component described by a type and settings.
func described(_ type: String, _ settings: [String: SettingValue] = [:]) -> ComponentReference {
    .definition(settings.merging(["type": .string(type)]) { $1 })
}

func builtIn(_ name: String, _ text: String) throws -> [String] {
    let found = AnalysisRegistry.standard.analyzer(name)
    guard let found else { return ["no analyzer \(name)"] }
    return try found.tokens(of: text).terms
}
