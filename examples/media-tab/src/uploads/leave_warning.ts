// The browser's question before it leaves a page. It is asked only while there is something to lose:
// a page that always asks is kept out of the browser's back-forward cache.

export class LeaveWarning {
  private isOn = false;

  set(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    if (isOn) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  }
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
