// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

class MemoryJournalTest implements JournalContract {

    @Override
    public Writers writers() {
        var journal = new MemoryJournal<>(Ledger.CODEC);
        return new Writers(journal, journal);
    }
}
