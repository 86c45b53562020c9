public import Mapping

/// `ip_range`: documents by spans of addresses.
public struct AddressRangeAggregation: Equatable, Sendable {
    /// From an address on, up to another; the second is not in it.
    public struct Range: Equatable, Sendable {
        public var key: String?
        /// Included.
        public var from: IPAddress?
        /// Excluded.
        public var to: IPAddress?

        public init(key: String?, from: IPAddress?, to: IPAddress?) {
            self.key = key
            self.from = from
            self.to = to
        }

        /// Those of a block in CIDR notation, which is its key too. An end that is that of all addresses is left open.
        ///
        /// - Returns: nil for a text that is no block.
        public init?(block text: String, key: String?) {
            guard let block = IPAddress.block(text) else { return nil }
            self.init(
                key: key ?? text, from: block.first.predecessor == nil ? nil : block.first, to: block.last.successor)
        }
    }

    public var field: String
    public var ranges: [Range]
    public var isKeyed: Bool

    public init(field: String, ranges: [Range], isKeyed: Bool = false) {
        self.field = field
        self.ranges = ranges
        self.isKeyed = isKeyed
    }
}

/// `ip_prefix`: documents by the networks that their addresses are in.
public struct AddressPrefixAggregation: Equatable, Sendable {
    public var field: String
    /// Bits of the network: of 32, or of version 6 of 128.
    public var length: Int
    public var isVersion6 = false
    /// Whether keys end in `/length`.
    public var appendsLength = false
    public var isKeyed = false
    public var minimumCount = 1

    public init(field: String, length: Int) {
        self.field = field
        self.length = length
    }
}

/// `ip_range` bound to a mapping.
public struct AddressRangePlan: Equatable, Sendable {
    /// Addresses as terms, in order.
    public struct Range: Equatable, Sendable {
        public var key: String
        public var from: IPAddress?
        public var to: IPAddress?
        public var plan: QueryPlan
    }

    public var source: ValuesSource
    /// By their lower ends, then by their upper ones.
    public var ranges: [Range]
    public var isKeyed: Bool
}

/// `ip_prefix` bound to a mapping.
public struct AddressPrefixPlan: Equatable, Sendable {
    public var source: ValuesSource
    public var prefix: AddressPrefixAggregation

    /// Bits of the 16 bytes that addresses of both versions have.
    var bits: Int { prefix.isVersion6 ? prefix.length : prefix.length + 96 }

    /// The first address of the network that an address is in, as a term.
    ///
    /// - Returns: nil for a term that is none of an address.
    public func network(of term: String) -> String? {
        guard let address = IPAddress(term: term) else { return nil }
        // Of an address of version 6 Elasticsearch masks the last four bytes.
        return (prefix.isVersion6 ? address : address.lastFour).masked(to: bits).term
    }

    /// How a network is shown.
    public func text(_ term: String) -> String {
        let text = IPAddress(term: term)?.description ?? term
        return prefix.appendsLength ? "\(text)/\(prefix.length)" : text
    }
}
