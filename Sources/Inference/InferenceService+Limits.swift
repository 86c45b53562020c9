extension InferenceService {
    /// The most tokens of a text that a model reads; nil where it does not serve, or takes no texts.
    ///
    /// - Parameter name: a deployment's id, a model's, or an alias of one.
    public func longestText(ofModel name: String) -> Int? {
        (try? find(name))?.deployment.textLimit
    }
}

extension Deployment {
    fileprivate var textLimit: Int? { (try? encoders())?.text?.maximumTokens }
}
