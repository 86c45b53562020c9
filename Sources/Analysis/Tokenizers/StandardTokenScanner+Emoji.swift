extension StandardTokenScanner {
    private static let textSelector: UInt32 = 0xFE0E, pictureSelector: UInt32 = 0xFE0F, keyCap: UInt32 = 0x20E3
    private static let tags: ClosedRange<UInt32> = 0xE0020...0xE007E, tagEnd: UInt32 = 0xE007F

    private func scalar(at place: Place) -> UInt32? {
        place.byte < bytes.count ? UTF8Scalars.scalar(bytes, at: place.byte).value : nil
    }

    /// Where the emoji sequence that begins here ends (UTS #51): pictures joined by joiners, flags, key caps.
    func emojiEnd(from here: Place, _ first: WordClass) -> Place? {
        switch first.kind {
        case .regionalIndicator:
            let second = nextUnit(here)
            return second.byte < bytes.count && wordClass(at: second).kind == .regionalIndicator ? nextUnit(second) : nil
        case .numeric: return keyCapEnd(from: here)
        default: break
        }
        if let value = scalar(at: here), value == 0x23 || value == 0x2A { return keyCapEnd(from: here) }
        guard first.isEmoji || first.kind == .emojiModifier || first.kind == .joiner else { return nil }
        guard var element = element(from: here) else { return nil }
        if let tagged = tagSequence(from: element.end) { return tagged }
        // A joiner holds the next picture to the last; long chains are no emoji.
        while element.end.offset - here.offset <= maximumLength {
            var following = element.end
            if !element.endsWithJoiner {
                guard following.byte < bytes.count, wordClass(at: following).kind == .joiner else { break }
                following = next(following)
            }
            guard let further = self.element(from: following) else { break }
            element = further
        }
        return element.end
    }

    func isKeyCap(at here: Place) -> Bool { keyCapEnd(from: here) != nil }

    /// A digit, `#` or `*`, perhaps a selector, and the combining key.
    private func keyCapEnd(from here: Place) -> Place? {
        guard bytes[here.byte] < 0x80 else { return nil }
        var place = extenders(from: next(here), stoppingAtKeyCap: true).end
        if scalar(at: place) == Self.pictureSelector { place = next(place) }
        return scalar(at: place) == Self.keyCap ? extenders(from: next(place)).end : nil
    }

    private struct Element {
        var end: Place
        /// Whether the last extender is a joiner, so that a picture may follow at once.
        var endsWithJoiner: Bool
    }

    /// One picture: perhaps joiners before it, then the character, and a skin tone or a selector behind it.
    private func element(from here: Place) -> Element? {
        var place = here
        var hasJoiners = false
        // Many joiners in a row hold nothing together, and are not read again from each of them.
        while place.byte < bytes.count, place.offset - here.offset < 16, wordClass(at: place).kind == .joiner {
            place = next(place)
            hasJoiners = true
        }
        guard place.byte < bytes.count else { return nil }
        let character = wordClass(at: place)
        if character.kind == .emojiModifier, !hasJoiners {
            let tail = extenders(from: next(place))
            return Element(end: tail.end, endsWithJoiner: tail.endsWithJoiner)
        }
        guard character.isEmoji else { return nil }
        let tail = extenders(from: next(place))
        if character.isModifierBase, tail.end.byte < bytes.count, wordClass(at: tail.end).kind == .emojiModifier {
            let toned = extenders(from: next(tail.end))
            return Element(end: toned.end, endsWithJoiner: toned.endsWithJoiner)
        }
        if scalar(at: tail.end) == Self.pictureSelector { return Element(end: next(tail.end), endsWithJoiner: false) }
        return Element(end: tail.end, endsWithJoiner: tail.endsWithJoiner)
    }

    /// Skips what belongs to the character before, but for the selectors of presentation.
    private func extenders(from here: Place, stoppingAtKeyCap: Bool = false) -> (end: Place, endsWithJoiner: Bool) {
        var place = here, endsWithJoiner = false
        while let value = scalar(at: place), value != Self.textSelector, value != Self.pictureSelector,
            !stoppingAtKeyCap || value != Self.keyCap
        {
            let wordClass = WordClass.of(value)
            guard wordClass.isExtender else { break }
            endsWithJoiner = wordClass.kind == .joiner
            place = next(place)
        }
        return (place, endsWithJoiner)
    }

    /// Flags of regions: tags behind a selector; without one, the tags extend the flag by themselves.
    private func tagSequence(from here: Place) -> Place? {
        var place = here
        while let value = scalar(at: place), Self.tags.contains(value) { place = next(place) }
        guard place.byte > here.byte, scalar(at: place) == Self.tagEnd else { return nil }
        return next(place)
    }
}
